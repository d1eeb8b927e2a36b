"""All tables of the product in one place, for migrations and for tests that look at every table."""

import followup.access.models
import followup.activities.models
import followup.audit.models
import followup.editions.models
import followup.imports.models
import followup.months.models
import followup.participation.models
import followup.plan.models
import followup.protection.models
import followup.queue_plans.models
import followup.queues.models
import followup.reporting_groups.models
import followup.scenarios.models
import followup.screening.models  # noqa: F401  # imported for the tables they declare
from followup.db.base import Base

__all__ = ["Base"]
