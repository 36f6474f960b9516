from django.urls import include, path

from boards.views import advice, challenges, dashboards, home

challenge_patterns = [
    path("", challenges.challenge_list, name="challenge_list"),
    path("<int:number>/", challenges.challenge_detail, name="challenge_detail"),
    path("<int:number>/assign/", challenges.challenge_assign, name="challenge_assign"),
    path("<int:number>/answer/", challenges.challenge_answer, name="challenge_answer"),
    path("<int:number>/conclude/", challenges.challenge_conclude, name="challenge_conclude"),
]

advice_patterns = [
    path("", advice.advice_list, name="advice_list"),
    path("add/", advice.advice_add, name="advice_add"),
    path("<int:number>/", advice.advice_detail, name="advice_detail"),
    path("<int:number>/respond/", advice.advice_respond, name="advice_respond"),
    path("<int:number>/conclude/", advice.advice_conclude, name="advice_conclude"),
]

app_name = "boards"
urlpatterns = [
    path("<slug:board>/", dashboards.board_detail, name="board_detail"),
    path("<slug:board>/home/", home.board_home, name="board_home"),
    path("<slug:board>/challenges/", include(challenge_patterns)),
    path(
        "<slug:board>/recommendations/<reference:reference>/ask/",
        challenges.recommendation_ask,
        name="recommendation_ask",
    ),
    path("<slug:board>/targets/<reference:reference>/ask/", challenges.target_ask, name="target_ask"),
    path("<slug:board>/advice/", include(advice_patterns)),
    path("<slug:board>/<month:month>/", dashboards.dashboard, name="dashboard"),
    path("<slug:board>/<month:month>/compare/", dashboards.compare, name="compare"),
]
