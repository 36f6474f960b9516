"""What answers the demand: the plan, and the months in which it is rated."""

from plans.models.corrections import Correction, ProposedRating
from plans.models.evidence import Evidence, HeldFile
from plans.models.months import AreaUpdate, DateChange, ReportingMonth
from plans.models.plan import AreaOfFocus, Outcome, Plan, PlanSource, RatingDefinition, Revision, Theme
from plans.models.recommendations import Action, Closure, DueDateChange, Recommendation
from plans.models.refresh import AreaChange, Refresh, RefreshChange
from plans.models.spreadsheets import ColumnMapping, Spreadsheet
from plans.models.updates import MonthlyUpdate, ReviewComment
from plans.models.watching import SavedFilter
