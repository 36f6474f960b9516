from django.urls import path

from boards import views

app_name = "boards"
urlpatterns = [
    path("<slug:board>/", views.board_detail, name="board_detail"),
    path("<slug:board>/<month:month>/", views.dashboard, name="dashboard"),
    path("<slug:board>/<month:month>/compare/", views.compare, name="compare"),
]
