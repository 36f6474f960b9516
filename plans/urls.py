from django.urls import register_converter

from plans.converters import MonthConverter, ReferenceConverter

register_converter(MonthConverter, "month")
register_converter(ReferenceConverter, "reference")

app_name = "plans"
urlpatterns = []
