"""xlkpi: influencer-marketing KPI reporting that lives in Excel."""
