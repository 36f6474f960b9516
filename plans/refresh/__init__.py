"""The refresh of a plan: a draft revision, its preview, application and change log; and a plan that takes over.

What needs no draft, such as one new recommendation or another lead, is changed `singly`.
"""

from plans.refresh.applying import apply
from plans.refresh.drafting import CARRY_ON, add, change, change_area, discard, start, take_back
from plans.refresh.rows import draft
from plans.refresh.singly import add_alone, give_to
from plans.refresh.succession import succeed
