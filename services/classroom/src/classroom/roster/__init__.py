"""The roster of a class: template, import, enrolments, document numbers."""
