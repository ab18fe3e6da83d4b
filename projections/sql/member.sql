-- member: one row per person who was ever on the panel, as they were last added or corrected; where
-- nothing was said again, what was said before stands.
CREATE VIEW member AS
SELECT
  coalesce(corrected, stakeholder) AS stakeholder,
  arg_max(agency, position) AS agency,
  arg_max(peer_of, position) AS peer_of,
  arg_max(reached_by, position) AS reached_by,
  arg_max(backup->>'slack', position) AS backup_slack,
  arg_max(backup->>'email', position) AS backup_email,
  min(position) AS position
FROM fact
WHERE what IN ('StakeholderAdded', 'StakeholderCorrected')
GROUP BY coalesce(corrected, stakeholder);
