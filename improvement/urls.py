from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

import notices.urls
import plans.urls
from improvement import administration, views
from improvement.demonstration import pages

# One way to sign in, with its lockout: the admin's own page would go round it.
admin.site.login = secure_admin_login(admin.site.login)
# What nobody keeps here: an account has one address, no right comes from a group, and secrets are for nobody's eyes.
admin.site.unregister([EmailAddress, Group, Authenticator, SocialAccount, SocialApp, SocialToken])
admin.site.get_app_list = administration.in_order(admin.site)
administration.pass_over_what_is_no_key()
admin.site.site_header = admin.site.site_title = "Improvement plan tracker: administration"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("set-up/", views.set_up, name="set_up"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("accounts/", include("accounts.urls")),
    path("", include("plans.urls")),
    path("notices/", include(([*notices.urls.urlpatterns, *plans.urls.demand_patterns], "notices"))),
    path("boards/", include("boards.urls")),
    path("admin/", admin.site.urls),
    path("accessibility/", views.accessibility_statement, name="accessibility_statement"),
    path("sources/", pages.source_list, name="source_list"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

handler500 = "improvement.views.server_error"
