"""Studying in a class: sessions, true learning records, progress and what the teacher sees of it (K16–K20, X7, K27).

Owns its tables and has no foreign key out of them, so that it can scale, and one day move out, alone.
"""
