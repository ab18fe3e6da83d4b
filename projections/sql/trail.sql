-- trail: one row per fact, in order. `hidden` marks what somebody said in a round that was not
-- closed yet: that they spoke is shown, what they said is not.
CREATE VIEW trail AS
SELECT
  position,
  state->>'at' AS said_at,
  "by",
  role,
  surface,
  cause,
  what,
  topic,
  round,
  stakeholder,
  item,
  state->>'fact' AS fact,
  what IN ('AnswerGiven', 'AnswerAmended', 'NoteGiven', 'NoteAmended', 'InputRefused')
    AND round NOT IN (SELECT round FROM fact WHERE what = 'RoundClosed') AS hidden
FROM fact
ORDER BY position;
