"""A report as a PowerPoint deck: native charts and tables, in our look or in a company's."""
