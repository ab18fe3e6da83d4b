-- informed: one row per answer given or changed: what its person had learned of how others answer
-- that item. Facts are stamped with it; of those from before they were, it is worked out from the
-- order of the log: figures once shown beside an answer to the item, presence in a room where it was
-- put to the vote, a sign-off that told people what stands. `blind` means none of it.
CREATE VIEW informed AS
WITH
answer AS (
  SELECT
    position, round, stakeholder, item, exposure,
    lag(exposure.figures_round IGNORE NULLS) OVER said AS seen_round,
    lag(exposure.figures IGNORE NULLS) OVER said AS seen_figures,
    lag(exposure.reasons IGNORE NULLS) OVER said AS seen_reasons
  FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended')
  WINDOW said AS (PARTITION BY stakeholder, item ORDER BY position)
),
vote AS (SELECT round, item, position, put_to FROM fact WHERE what = 'VoteOpened'),
attendance AS (
  SELECT
    round, present, position AS since,
    lead(position) OVER (PARTITION BY round ORDER BY position) AS until
  FROM fact WHERE what = 'AttendanceRecorded'
),
heard AS (  -- everybody in the room when an item was put to the vote, or later
  SELECT round, item, position, unnest(put_to) AS stakeholder FROM vote
  UNION ALL
  SELECT vote.round, item, greatest(position, since), unnest(present)
  FROM vote JOIN attendance USING (round)
  WHERE until IS NULL OR until > position
),
in_room AS (
  SELECT answer.position, max(heard.round) AS room
  FROM answer JOIN heard USING (stakeholder, item)
  WHERE heard.position < answer.position
  GROUP BY answer.position
),
told AS (SELECT min(position) AS since FROM fact WHERE what = 'AssessmentSignedOff'),
known AS (
  SELECT
    position,
    round,
    stakeholder,
    item,
    exposure.figures_round AS figures_round,
    exposure.reasons AS reasons,
    coalesce(exposure.room, in_room.room) AS room,
    coalesce(exposure.earlier_round, CASE WHEN earlier THEN seen_round END) AS earlier_round,
    coalesce(exposure.earlier_figures, CASE WHEN earlier THEN seen_figures END) AS earlier_figures,
    coalesce(exposure.earlier_reasons, CASE WHEN earlier THEN seen_reasons END) AS earlier_reasons,
    coalesce(exposure.end_told, false) OR coalesce(position > told.since, false) AS end_told
  FROM (SELECT *, seen_round IS DISTINCT FROM exposure.figures_round AS earlier FROM answer)
  LEFT JOIN in_room USING (position)
  CROSS JOIN told
)
SELECT
  *,
  figures_round IS NOT NULL OR earlier_round IS NOT NULL AS saw_figures,
  reasons IS NOT NULL OR earlier_reasons IS NOT NULL AS saw_reasons,
  NOT (saw_figures OR saw_reasons OR room IS NOT NULL OR end_told) AS blind
FROM known;
