"""The read side. Every query takes the viewer: what is not theirs does not exist for them."""
