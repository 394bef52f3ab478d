"""Notifications of survey tools, forms, help desks and review sites: one file per form, the particular before the general."""

from mailwins.parsers.notification import form, helpdesk, recommendation, review, survey

NOTIFICATIONS = (recommendation.read, form.read, survey.read, review.read, helpdesk.read)
