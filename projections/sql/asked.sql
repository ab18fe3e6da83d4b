-- asked: one row per round, stakeholder and item they were ever asked in it. `theirs` says whether
-- they are asked still: false once they handed the item on, which is then asked of the colleague,
-- or once their invitation ended, unless they had answered it. In a workshop the people asked are
-- those to whom the item was put to the vote.
CREATE VIEW asked AS
WITH
moved AS (
  SELECT round, invited AS stakeholder, unnest(items) AS item, position, true AS theirs
  FROM fact WHERE what = 'StakeholderInvited'
  UNION ALL
  SELECT round, unnest(put_to), item, position, true FROM fact WHERE what = 'VoteOpened'
  UNION ALL
  SELECT round, "to", unnest(items), position, true FROM fact WHERE what = 'ItemsHandedOn'
  UNION ALL
  SELECT round, handed_on_by, unnest(items), position, false
  FROM fact WHERE what = 'ItemsHandedOn'
),
ended AS (
  SELECT moved.round, moved.stakeholder, moved.item, fact.position, false AS theirs
  FROM moved
  JOIN fact ON fact.round = moved.round AND fact.ended_for = moved.stakeholder
  ANTI JOIN (
    SELECT round, stakeholder, item
    FROM fact
    WHERE what = 'AnswerGiven'
      AND stakeholder NOT IN (SELECT stakeholder FROM fact WHERE what = 'InterviewWithdrawn')
  ) AS told
    ON (told.round, told.stakeholder, told.item) = (moved.round, moved.stakeholder, moved.item)
)
SELECT round, stakeholder, item, min(position) AS first_asked, arg_max(theirs, position) AS theirs
FROM (SELECT * FROM moved UNION ALL SELECT * FROM ended)
GROUP BY round, stakeholder, item;
