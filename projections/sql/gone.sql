-- gone: one row per person who has withdrawn, also if it was after the moment that is looked at:
-- whoever withdraws hides what they said from every reader, whichever day is asked for.
CREATE VIEW gone AS
SELECT DISTINCT stakeholder FROM held WHERE what = 'InterviewWithdrawn';
