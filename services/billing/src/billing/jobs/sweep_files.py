"""Vouchers that a crash left without their row are swept (B7)."""

from files.sweeping import sweeper

from billing.models import Voucher

SWEEP_FILES = sweeper(service="billing", lasting={"vouchers": (Voucher.key,)})
