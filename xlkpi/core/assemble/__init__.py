"""From a source of posts, objectives and campaigns to a report."""
