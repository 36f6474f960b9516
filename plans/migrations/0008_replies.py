from django.db import migrations, models


class Migration(migrations.Migration):
    """What an officer replies to a comment, and how an update was when it was returned."""

    dependencies = [("plans", "0007_first_submission_comes_first")]

    operations = [
        migrations.AddField(
            "monthlyupdate",
            "reply",
            models.TextField(
                "reply to the reviewer",
                blank=True,
                help_text="What you say to the comment. Never write anything that could identify a child.",
            ),
        ),
        migrations.AddField("monthlyupdate", "returned", models.JSONField(default=dict, blank=True)),
        migrations.AddField(
            "reviewcomment",
            "is_reply",
            models.BooleanField("reply", default=False, help_text="What the officer replied to the comment before."),
        ),
    ]
