from django.urls import path

from boards.views import dashboards

app_name = "boards"
urlpatterns = [
    path("<slug:board>/", dashboards.board_detail, name="board_detail"),
    path("<slug:board>/<month:month>/", dashboards.dashboard, name="dashboard"),
    path("<slug:board>/<month:month>/compare/", dashboards.compare, name="compare"),
]
