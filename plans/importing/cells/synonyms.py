"""The words of headings that say what a column holds: those of the plans that were read, and the likeliest others.

What a column says of an action, by the value of its Field, and what kind of level it is; phrases with commas between.
"""

# Headings of at most three words that are a reference as a whole.
SHORT_REFERENCES = frozenset(
    ("#", "action #", "code", "id", "item", "line", "no", "nos", "nr", "num", "number", "row", "s no")
)

OF_FIELDS = {
    "reference": """
        ref, refs, reference, reference no, reference number, ref no, action ref, action no, action number,
        action id, project number, recommendation no, recommendation number, unique id, unique ref
    """,
    "lead": """
        lead, leads, lead officer, lead officers, responsible officer, responsible officers, responsible,
        responsibility, responsible lead, action lead, action owner, work stream lead, workstream lead,
        named lead, owner, owners, owned by, who, by whom, lead agency, lead organisation, lead professional,
        delivery lead, operational lead, lead partner, assigned to, person responsible, who is responsible,
        officer, lead person, who will do it, who will lead, led by, theme lead
    """,
    "accountable": """
        senior responsible officer, senior responsible owner, sro, accountable, accountable officer,
        accountable officers, accountable lead, accountability, sponsor, executive sponsor, executive lead,
        senior lead, strategic lead, accountable director, senior responsible, lead director, exec lead,
        signed off by
    """,
    "due": """
        due, due date, date due, target date, by when, when, deadline, deadlines, timescale, timescales,
        time scale, time scales, timeframe, time frame, timeline, timelines, due by, delivery date, end date,
        finish, finish date, target completion, target completion date, completion due, planned completion,
        completion target, date for completion, to be completed by, complete by, completed by when,
        target for completion, expected completion, expected completion date, planned end, target, revised date,
        revised due date, revised timescale, milestone date, planned completion date, forecast date,
        original due date, original date, when will we do it, when by, end
    """,
    "start": """
        start, start date, provisional start date, planned start, begin, begins, date started, started,
        commencement, start by
    """,
    "status": """
        status, state, action status, current status, stage, not started in progress complete, delivery status,
        progress status
    """,
    "rating": """
        rag, brag, rag rating, brag rating, rag status, brag status, r a g, rating, ratings, action rating,
        impact rating, rag now, current rag, previous rag, colour, b r a g, confidence, direction of travel,
        delivery confidence
    """,
    "reason": """
        reason, reasons, reason for amber, reason for red, reason for rating, reason for rag,
        reason for work stream rag rating, exception, exceptions, rationale for rating, rationale for rag,
        rag rationale, reason for delay
    """,
    "progress": """
        progress, progress update, update, updates, latest update, what we did, what have we done,
        what we have done, progress to date, progress since, commentary, actions taken, action taken,
        action to date, actions to date, position statement, progress notes, narrative, position
    """,
    "success": """
        success, success criteria, success measures, success measure, success indicators,
        what does success look like, what will success look like, what good looks like, what does good look like,
        what we will see, measure of success, measures of success, measure, measures, key indicators, kpi, kpis,
        how will we know, how we will know, outcome measure, outcome measures, expected outcome,
        expected outcomes, intended outcome, intended outcomes, measurable outcome, measurable outcomes,
        success factors, deliverables, deliverable, output, outputs, performance indicator,
        performance indicators, target outcome, desired outcome, desired outcomes, performance measures,
        how will we measure success
    """,
    "impact": """
        impact, expected impact, intended impact, impact measures, impact measure, difference,
        the difference this will make, the difference it made, difference made, what difference, benefit,
        benefits, how the experience will differ, so what, impact on children
    """,
    "baseline": """
        baseline, base line, where are we now, where we are now, current position, starting point,
        current performance, current situation
    """,
    "evidence": """
        evidence, monitoring and evaluation, evidence library, evidence of impact, evidence of progress,
        evidence source, how evidenced, assurance, monitoring, quality assurance, evidence of completion
    """,
    "completed": """
        completed, date completed, date achieved, completion date, completed on, date of completion,
        actual completion, complete, achieved, actual completion date, actual date, closed, date closed
    """,
    "finding": """
        para no, paragraph, ofsted para, ofsted para no, ofsted ref, ofsted reference, finding, findings,
        inspection finding, ofsted finding, report para, report ref, link to inspection, judgement,
        report paragraph
    """,
    "aim": """
        aims, rationale, why, reason for action, purpose, context, issue, issues, why is this important
    """,
    "note": """
        notes, note, comments, comment, resource, resources, cost, costs, budget, funding, risk, risks,
        risks and issues, partners, support, supporting, link, links, dependencies, interdependencies,
        monitored by, governance, reporting to, board, additional, barriers, mitigation, next steps,
        key partners, supported by, cross reference, progress at
    """,
}

OF_LEVELS = {
    "top": """
        theme, themes, priority, priorities, priority area, area, areas, area for improvement,
        areas for improvement, area of improvement, area of weakness, area of significant weakness,
        areas of significant weakness, asw, area for priority action, areas for priority action, priority action,
        ambition, ambitions, workstream, workstreams, work stream, strand, pillar, improvement area,
        improvement theme, themed area, domain, category, section, programme, service area, strategic priority,
        improvement priority, topic, heading, improvement plan area, key priority, ofsted area, area of focus,
        focus area, strategic theme, work area, weakness, key area, ofsted area for improvement
    """,
    "middle": """
        outcome, outcomes, objective, objectives, aim, goal, goals, what we want, what do we want, vision,
        vision for the future, improvement focus, focus, strategic objective, sub theme, improvement objective,
        what we want to achieve, what do we want to achieve, key objective, what are we trying to achieve,
        statement, we want, what needs to improve, what needs to change, improvement outcome, sub priority
    """,
    "stated": """
        recommendation, recommendations, requirement, requirements, ofsted recommendation,
        inspection recommendation, improvement required
    """,
    "done": """
        action, actions, key action, key actions, activity, activities, what we will do, what will we do, how,
        how will we, how we will, actions required, action required, what needs to be done, what we need to do,
        improvement action, intervention, initiative, commitment, commitments, what, project,
        what are we going to do, improvement actions, action to be taken, actions to be taken, planned action,
        planned actions, improvement activity, description of action, action description, how will we do it,
        how we will do it, description, agreed action
    """,
    "step": """
        step, steps, milestone, milestones, sub action, sub actions, task, tasks, sub task, sub tasks, key steps,
        detailed action, detailed actions, specific action, specific actions, key milestones, key tasks,
        steps to be taken, key milestone, implementation steps, supporting actions
    """,
}
