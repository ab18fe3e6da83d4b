-- trail: one row per fact, in order. `hidden` marks every fact of an interview in a round that is
-- not closed, and the messages sent in reply, except that somebody began, paused, resumed, finished
-- or withdrew. Of all facts of such interviews nothing tells the cause until the close, since it may
-- contain the last answer. Also hidden until the close are facts that reveal how others answered: a
-- reminder withheld because no answer could matter, and the measures and outcomes of a reopened
-- round. `withdrawn` marks what somebody said who has withdrawn, also later, and their dissents: only
-- that they answered, and when they came and went, is told of them; `of_gone` marks those, too.
CREATE VIEW trail AS
WITH
talked AS (
  SELECT
    *,
    CASE
      WHEN topic LIKE 'interview.%' THEN round
      ELSE try_cast(regexp_extract(message, '^round (\d+)/[^/]+/(?:vote \d+ as of )?version ', 1) AS BIGINT)
    END AS talked_in
  FROM fact
),
told AS (
  SELECT
    *,
    talked_in IS NOT NULL
      AND talked_in NOT IN (SELECT round FROM closed) AS unclosed,
    talked_in IS NOT NULL
      AND coalesce(stakeholder, "to") IN (SELECT stakeholder FROM gone) AS of_gone
  FROM talked
)
SELECT
  position,
  "by",
  what,
  round,
  stakeholder,
  item,
  NOT (unclosed OR of_gone) AS cause_told,
  (unclosed AND what NOT IN (
    'InterviewStarted', 'InterviewPaused', 'InterviewResumed', 'InterviewCompleted',
    'InterviewWithdrawn'
  )) OR (
    (what IN ('RoundMeasured', 'OutcomeAdopted') OR coalesce(rule->>'$' = 'cannot-matter', false))
    AND coalesce(round, after_round) NOT IN (SELECT round FROM closed)
  ) AS hidden,
  (of_gone AND what NOT IN (
    'InterviewStarted', 'InterviewPaused', 'InterviewResumed', 'InterviewCompleted',
    'InterviewWithdrawn'
  )) OR coalesce(
    what = 'DissentRecorded' AND dissenter IN (SELECT stakeholder FROM gone), false
  ) AS withdrawn,
  of_gone AND NOT unclosed AS of_gone
FROM told
ORDER BY position;
