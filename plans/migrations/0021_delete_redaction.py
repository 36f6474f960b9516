from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0020_carry_redactions")]
    operations = [migrations.DeleteModel("Redaction")]
