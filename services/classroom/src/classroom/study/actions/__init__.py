"""What can be done in study. They flush and never commit; ``classes`` and ``joining`` call some of them."""
