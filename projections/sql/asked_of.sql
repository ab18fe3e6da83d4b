-- asked_of: one row per round of the panel's own, item and stakeholder asked about it by this round
-- or an earlier one. Where a stakeholder was asked, or handed the item on, in several rounds, the
-- newest decides. Excludes people released by then and people in the table `left_out`.
CREATE VIEW asked_of AS
WITH
released AS (  -- the rounds whose invitation of somebody was ended, and not renewed
  SELECT round, coalesce(ended_for, invited) AS stakeholder
  FROM fact WHERE what IN ('InvitationEnded', 'StakeholderInvited')
  GROUP BY ALL HAVING arg_max(what, position) = 'InvitationEnded'
)
SELECT own_round.round, asked.item, asked.stakeholder
FROM own_round
JOIN asked ON asked.round <= own_round.round
WHERE asked.round IN (SELECT round FROM own_round)
  AND asked.stakeholder NOT IN (SELECT stakeholder FROM left_out)
  AND NOT EXISTS (
    FROM released
    WHERE released.stakeholder = asked.stakeholder
      AND released.round BETWEEN asked.round AND own_round.round
  )
GROUP BY ALL HAVING arg_max(theirs, asked.round);
