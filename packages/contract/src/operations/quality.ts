import Type from 'typebox'
import { AnswersUnsound, FigureThingNotThere, NotScorable, TooManyForms } from '../figure-errors.ts'
import { Closed, Id, Page, Text } from '../objects/common.ts'
import {
  MailedReportView,
  mailedReportFields,
  qualityFormFields,
  QualityFormView,
  QualityScoreView,
} from '../objects/figures.ts'
import { operation } from '../operation.ts'

const access = 'supervisor'
const tag = 'quality'
const forms = '/api/v1/centre/quality-forms'
const scores = '/api/v1/centre/quality-scores'
const reports = '/api/v1/centre/mailed-reports'
const errors = [FigureThingNotThere]
const pageOfScores = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 if absent.' })),
  before: Type.Optional(Id('Where the page before ended: its `next`.')),
}

export const listQualityForms = operation({
  id: 'listQualityForms',
  method: 'GET',
  path: forms,
  tag,
  summary: 'Forms that conversations are scored by; 100 at most',
  access,
  reply: Closed({ items: Type.Array(QualityFormView, { maxItems: 100 }) }, { title: 'QualityForms' }),
})

export const createQualityForm = operation({
  id: 'createQualityForm',
  method: 'POST',
  path: forms,
  tag,
  summary: 'Make a form',
  access,
  body: Closed(qualityFormFields),
  status: 201,
  reply: QualityFormView,
  errors: [TooManyForms],
})

export const changeQualityForm = operation({
  id: 'changeQualityForm',
  method: 'PUT',
  path: `${forms}/{formId}`,
  tag,
  summary: 'Change a form; scores of before keep what was asked then',
  access,
  params: { formId: Id('The form.') },
  body: Closed(qualityFormFields),
  reply: QualityFormView,
  errors,
})

export const removeQualityForm = operation({
  id: 'removeQualityForm',
  method: 'DELETE',
  path: `${forms}/{formId}`,
  tag,
  summary: 'Remove a form; its scores stay',
  access,
  params: { formId: Id('The form.') },
  errors,
})

export const listQualityScores = operation({
  id: 'listQualityScores',
  method: 'GET',
  path: scores,
  tag,
  summary: 'Scores, latest first',
  access,
  query: {
    ...pageOfScores,
    agentId: Type.Optional(Id('Of this agent alone.')),
    itemId: Type.Optional(Id('Of this item alone.')),
  },
  reply: Page(QualityScoreView),
})

export const scoreConversation = operation({
  id: 'scoreConversation',
  method: 'POST',
  path: scores,
  tag,
  summary: 'Score a conversation that an agent had',
  access,
  body: Closed({
    itemId: Id('The item.'),
    formId: Id('By which form.'),
    answers: Type.Array(Closed({ questionId: Id('Of the form.'), points: Type.Integer({ minimum: 0, maximum: 10 }) }), {
      minItems: 1,
      maxItems: 50,
      description: 'Questions that are left out did not apply.',
    }),
    comment: Type.Optional(Text(2000, 'In words, for the agent.')),
  }),
  status: 201,
  reply: QualityScoreView,
  errors: [FigureThingNotThere, AnswersUnsound, NotScorable],
})

export const removeQualityScore = operation({
  id: 'removeQualityScore',
  method: 'DELETE',
  path: `${scores}/{scoreId}`,
  tag,
  summary: 'Take a score back',
  access,
  params: { scoreId: Id('The score.') },
  errors,
})

export const listOwnScores = operation({
  id: 'listOwnScores',
  method: 'GET',
  path: '/api/v1/me/quality-scores',
  tag,
  summary: 'How your own conversations were found, latest first',
  access: 'user',
  query: pageOfScores,
  reply: Page(QualityScoreView),
})

export const listMailedReports = operation({
  id: 'listMailedReports',
  method: 'GET',
  path: reports,
  tag: 'centre-figures',
  summary: 'Reports that go out by mail; 100 at most',
  access,
  reply: Closed({ items: Type.Array(MailedReportView, { maxItems: 100 }) }, { title: 'MailedReports' }),
})

export const createMailedReport = operation({
  id: 'createMailedReport',
  method: 'POST',
  path: reports,
  tag: 'centre-figures',
  summary: 'Let a report go out by mail, with its rows as a file',
  access,
  body: Closed(mailedReportFields),
  status: 201,
  reply: MailedReportView,
  errors: [TooManyForms],
})

export const changeMailedReport = operation({
  id: 'changeMailedReport',
  method: 'PUT',
  path: `${reports}/{reportId}`,
  tag: 'centre-figures',
  summary: 'Change a report that goes out by mail',
  access,
  params: { reportId: Id('It.') },
  body: Closed(mailedReportFields),
  reply: MailedReportView,
  errors,
})

export const removeMailedReport = operation({
  id: 'removeMailedReport',
  method: 'DELETE',
  path: `${reports}/{reportId}`,
  tag: 'centre-figures',
  summary: 'Let a report go out no more',
  access,
  params: { reportId: Id('It.') },
  errors,
})
