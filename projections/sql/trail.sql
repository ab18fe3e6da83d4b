-- trail: one row per fact, in order. `hidden` marks what somebody said, and the messages that answer
-- it, in a round that was not closed yet: all but that they began, paused, went on, finished or
-- withdrew. Of these the cause is left out until then: the last answer may stand in it. Hidden too
-- is what tells how the others answered: that nothing a person could say would matter, and what a
-- round that was reopened had come to before.
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
      AND talked_in NOT IN (SELECT round FROM closed) AS unclosed
  FROM talked
)
SELECT
  position,
  state->>'at' AS said_at,
  "by",
  role,
  surface,
  CASE WHEN NOT unclosed THEN cause END AS cause,
  what,
  topic,
  round,
  stakeholder,
  item,
  state->>'fact' AS fact,
  (unclosed AND what NOT IN (
    'InterviewStarted', 'InterviewPaused', 'InterviewResumed', 'InterviewCompleted',
    'InterviewWithdrawn'
  )) OR (
    (what IN ('RoundMeasured', 'OutcomeAdopted') OR coalesce(rule->>'$' = 'cannot-matter', false))
    AND coalesce(round, after_round) NOT IN (SELECT round FROM closed)
  ) AS hidden
FROM told
ORDER BY position;
