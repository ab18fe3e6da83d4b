-- nudges: one row per nudge that was decided: the rule that withheld it, or what became of its
-- message, or by which means the coordinator did it by hand; when the person finished or withdrew
-- before that; and, where that withheld it, how often and when last a reminder had reached them in
-- this round. `person` is null for the coordinators' own reminders.
CREATE VIEW nudges AS
WITH
decided AS (
  SELECT
    position,
    said_at AS decided_at,
    "key",
    round,
    coalesce(reminded, withheld_from, about, fell_back) AS person,
    CASE
      WHEN what = 'SurfaceFellBack' THEN 'link'
      WHEN what = 'CoordinatorReminded' THEN 'due'
      WHEN starts_with(milestone, 'tell-') THEN 'escalation'
      WHEN starts_with(milestone, 'nudge ') THEN 'by-hand'
      ELSE 'reminder'
    END AS kind,
    coalesce(milestone, 'link') AS milestone,
    CASE WHEN what = 'ReminderWithheld' THEN rule->>'$' END AS rule,
    CASE
      WHEN what = 'StakeholderReminded' THEN 'person'
      WHEN what IN ('CoordinatorReminded', 'SurfaceFellBack') THEN 'coordinator'
      WHEN what = 'Escalated' THEN "to"
    END AS told
  FROM fact
  WHERE what IN (
    'StakeholderReminded', 'ReminderWithheld', 'Escalated', 'SurfaceFellBack',
    'CoordinatorReminded'
  )
),
reach AS (
  SELECT
    stakeholder AS person,
    reached_by IN ('slack', 'mail') AS themselves,
    coalesce(backup_slack, backup_email) IS NOT NULL AS stand_in
  FROM member
),
coordinator AS (  -- each as they stood when a nudge of theirs was decided
  SELECT
    decided.position,
    coordinator,
    arg_max(what = 'CoordinatorNamed' AND coalesce(slack.id, email.id) IS NOT NULL, fact.position) AS here
  FROM decided
  JOIN fact ON fact.position < decided.position
  WHERE what IN ('CoordinatorNamed', 'CoordinatorRemoved') AND told = 'coordinator'
  GROUP BY ALL
),
desk AS (SELECT position, bool_or(here) AS here FROM coordinator GROUP BY position),
message AS (  -- caused by the fact that promised it, and named after what it says to whom
  SELECT
    decided.position,
    max(fact.position) AS ended,
    min(fact.said_at) FILTER (fact.what = 'MessageDelivered') AS sent_at,
    max(fact.said_at) AS ended_at,
    bool_or(fact.what IN ('MessageFailed', 'MessageBounced')) AS failed,
    bool_or(fact.what = 'MessageUncertain') AS uncertain,
    any_value(coalesce(fact.reason, fact.status)) AS reason
  FROM decided
  JOIN fact ON fact.cause = decided."key"
    AND CASE
      WHEN told = 'person' THEN contains(fact.message, '/' || person || '/reminder ')
      WHEN told IN ('manager', 'substitute')
        THEN contains(fact.message, '/stand-in-of-' || person || '/')
      WHEN decided.kind = 'escalation' THEN fact.message LIKE 'round %/coordinator%/silent%'
      WHEN decided.kind = 'due' THEN fact.message LIKE 'round %/coordinator%/overdue%'
    END
  WHERE fact.what IN (
    'MessageDelivered', 'MessageFailed', 'MessageWithheld', 'MessageUncertain', 'MessageBounced'
  )
  GROUP BY decided.position
),
link AS (
  SELECT decided.position, min(fact.said_at) AS sent_at
  FROM decided
  JOIN fact ON fact.issued_to = decided.person AND coalesce(fact.round, decided.round) = decided.round
  WHERE decided.kind = 'link' AND fact.position > decided.position
  GROUP BY decided.position
),
regained AS (  -- whom Slack reaches again, before a link was made
  SELECT decided.position, min(fact.said_at) AS ended_at
  FROM decided
  JOIN fact ON fact.regained = decided.person AND fact.round = decided.round
  WHERE decided.kind = 'link' AND fact.position > decided.position
  GROUP BY decided.position
),
hand AS (  -- the coordinator did it, before it was decided again
  SELECT
    asked.position,
    min(fact.said_at) AS sent_at,
    arg_min(fact.means, fact.position) AS means
  FROM (
    SELECT *, lead(position) OVER (PARTITION BY round, person, told ORDER BY position) AS again
    FROM decided WHERE rule IS NULL
  ) AS asked
  JOIN fact ON fact.what = 'ToldByHand' AND fact.round = asked.round
    AND fact.spoken_to = asked.person
    AND fact.position > asked.position
    AND (asked.again IS NULL OR fact.position < asked.again)
    AND CASE
      WHEN asked.told = 'person' THEN fact."of" = 'reminder'
      WHEN asked.told IN ('manager', 'substitute') THEN fact."of" = 'stand-in'
      WHEN asked.kind = 'link' THEN fact."of" IN ('invitation', 'new-round', 'workshop')
    END
  GROUP BY asked.position
),
given AS (  -- the reminders that had reached somebody when the next was decided
  SELECT decided.position, count(*) AS times, max(fact.said_at) AS last_at
  FROM decided
  JOIN fact ON fact.position < decided.position
    AND CASE fact.what
      WHEN 'ToldByHand' THEN fact.spoken_to = decided.person AND fact."of" = 'reminder'
        AND fact.round = decided.round
      WHEN 'MessageDelivered' THEN fact."to" = decided.person
        AND starts_with(fact.message, 'round ' || decided.round || '/')
        AND contains(fact.message, '/reminder ')
        AND (decided.rule = 'overtaken' OR NOT contains(fact.message, '/reminder asked-'))
    END
  WHERE fact.what IN ('ToldByHand', 'MessageDelivered') AND decided.rule IN ('capped', 'overtaken')
  GROUP BY decided.position
),
interview AS (
  SELECT
    decided.position,
    max(fact.said_at) FILTER (what = 'InterviewCompleted' AND fact.round = decided.round)
      AS finished_at,
    max(fact.said_at) FILTER (what = 'InterviewWithdrawn') AS withdrawn_at
  FROM decided
  LEFT JOIN message USING (position)
  JOIN fact ON fact.stakeholder = decided.person
    AND fact.position < coalesce(message.ended, decided.position)
  WHERE what IN ('InterviewCompleted', 'InterviewWithdrawn')
  GROUP BY decided.position
)
SELECT
  decided.position,
  decided.round,
  decided.person,
  decided.kind,
  decided.milestone,
  decided.decided_at,
  decided.told,
  decided.rule,
  CASE
    WHEN rule IS NOT NULL THEN 'not-sent'
    WHEN message.sent_at IS NOT NULL AND message.failed THEN 'failed'
    WHEN coalesce(message.sent_at, link.sent_at) IS NOT NULL THEN 'sent'
    WHEN hand.sent_at IS NOT NULL THEN 'by-hand'
    WHEN regained.ended_at IS NOT NULL THEN 'not-sent'
    WHEN message.failed THEN 'failed'
    WHEN message.uncertain THEN 'uncertain'
    WHEN message.ended IS NOT NULL THEN 'not-sent'
    WHEN told = 'person' AND NOT reach.themselves THEN 'no-surface'
    WHEN told IN ('manager', 'substitute') AND NOT reach.stand_in THEN 'no-surface'
    WHEN decided.kind IN ('escalation', 'due') AND told = 'coordinator' AND NOT coalesce(desk.here, false)
      THEN 'no-surface'
    ELSE 'waiting'
  END AS fate,
  coalesce(message.sent_at, hand.sent_at, link.sent_at, regained.ended_at, message.ended_at)
    AS settled_at,
  CASE WHEN message.sent_at IS NULL THEN hand.means END AS means,
  CASE WHEN regained.ended_at IS NOT NULL THEN 'reached again' ELSE message.reason END AS reason,
  interview.finished_at,
  interview.withdrawn_at,
  coalesce(given.times, 0) AS times,
  given.last_at
FROM decided
LEFT JOIN reach USING (person)
LEFT JOIN desk USING (position)
LEFT JOIN message USING (position)
LEFT JOIN hand USING (position)
LEFT JOIN given USING (position)
LEFT JOIN link USING (position)
LEFT JOIN regained USING (position)
LEFT JOIN interview USING (position)
ORDER BY decided.position;
