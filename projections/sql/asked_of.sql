-- asked_of: one row per round of the panel's own, item and stakeholder whom the rounds so far ask about
-- it: the newest of them that asked somebody, or from which they handed it on, decides. Of whom nothing
-- more is asked is not there, nor who is left out; `left_out` is laid beside the facts.
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
