"""Letters through GOV.UK Notify, for those who may use it instead of a mail server."""
