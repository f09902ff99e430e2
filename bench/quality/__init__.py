"""How well pages are read: the real pages with their ground truth, ours and the peers' results side by side in one table."""
