"""Notifications of survey tools and review sites: one file per form, in the order they are asked."""

from mailwins.parsers.notification import review, survey

NOTIFICATIONS = (survey.read, review.read)
