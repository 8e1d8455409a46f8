import { type Clock, type CompanyId, isRefusal, makeId, type RandomBytes, type Refusal, type UserId } from '@vaxel/base'
import {
  AnswersUnsound,
  type createQualityForm,
  FigureThingNotThere,
  type listQualityForms,
  type listQualityScores,
  NotScorable,
  type OperationReply,
  type OperationRequest,
  type Principal,
  type scoreConversation,
  TooManyForms,
} from '@vaxel/contract'
import type {
  CentreStore,
  Directory,
  QualityForm,
  QualityQuestion,
  QualityScore,
  QualityStore,
  QueueId,
  WorkItemId,
  WorkStore,
} from '@vaxel/core'
import { time } from './views.ts'

type FormView = OperationReply<typeof listQualityForms>['items'][number]
type ScorePage = OperationReply<typeof listQualityScores>
type ScoreView = ScorePage['items'][number]
type FormFields = OperationRequest<typeof createQualityForm>['body']
type ScoreFields = OperationRequest<typeof scoreConversation>['body']

const mostForms = 100
const usualLimit = 50

/** Of all points that could be had, how many, each question by its weight; 0 to 100. */
function percentOf(answers: readonly (QualityQuestion & { readonly points?: number })[]): number {
  let [had, could] = [0, 0]
  for (const { weight, most, points } of answers) {
    if (points === undefined) continue
    had += (weight * points) / most
    could += weight
  }
  return could === 0 ? 0 : Math.round((had / could) * 1000) / 10
}

export interface QualityDependencies {
  readonly quality: QualityStore
  readonly work: Pick<WorkStore, 'row'>
  readonly centres: Pick<CentreStore, 'published'>
  readonly directory: Pick<Directory, 'user'>
  readonly clock: Clock
  readonly random: RandomBytes
}

/** Forms that conversations are scored by, and the scores. */
export class Quality {
  readonly #parts: QualityDependencies

  constructor(parts: QualityDependencies) {
    this.#parts = parts
  }

  async forms({ companyId }: Principal): Promise<{ items: FormView[] }> {
    return { items: (await this.#parts.quality.forms(companyId as CompanyId)).map(formView) }
  }

  async createForm(principal: Principal, body: FormFields): Promise<FormView | Refusal> {
    const forms = await this.#parts.quality.forms(principal.companyId as CompanyId)
    if (forms.length >= mostForms) return TooManyForms()
    return this.#putForm(principal, makeId<string>(this.#parts.clock.now(), this.#parts.random), body)
  }

  async changeForm(principal: Principal, id: string, body: FormFields): Promise<FormView | Refusal> {
    return (await this.#form(principal, id)) ? this.#putForm(principal, id, body) : FigureThingNotThere()
  }

  async removeForm(principal: Principal, id: string): Promise<Refusal | undefined> {
    const form = await this.#form(principal, id)
    if (!form) return FigureThingNotThere()
    await this.#parts.quality.removeForm(
      form.companyId,
      id,
      this.#event(principal, 'quality.formRemoved', { formId: id, name: form.name }),
    )
    return undefined
  }

  async score(principal: Principal, body: ScoreFields): Promise<ScoreView | Refusal> {
    const companyId = principal.companyId as CompanyId
    const form = await this.#form(principal, body.formId)
    const row = await this.#parts.work.row(companyId, body.itemId as WorkItemId)
    if (!form || !row) return FigureThingNotThere()
    if (row.agentId === undefined || row.outcome !== 'answered') return NotScorable()
    const answers = answersOf(form, body.answers)
    if (isRefusal(answers)) return answers
    const score: QualityScore = {
      id: makeId<string>(this.#parts.clock.now(), this.#parts.random),
      companyId,
      formId: form.id,
      formName: form.name,
      agentId: row.agentId,
      by: principal.userId as UserId,
      atMs: this.#parts.clock.now(),
      itemId: row.id,
      queueId: row.queueId as QueueId,
      ...(row.callId === undefined ? {} : { callId: row.callId }),
      answers,
      ...(body.comment === undefined ? {} : { comment: body.comment }),
      percent: percentOf(answers),
    }
    const { id: scoreId, itemId, agentId, percent } = score
    await this.#parts.quality.putScore(
      score,
      this.#event(principal, 'quality.scored', { scoreId, itemId, agentId, percent }),
    )
    return this.#view(score)
  }

  async removeScore(principal: Principal, id: string): Promise<Refusal | undefined> {
    const companyId = principal.companyId as CompanyId
    const score = await this.#parts.quality.score(companyId, id)
    if (!score) return FigureThingNotThere()
    const { itemId, agentId } = score
    await this.#parts.quality.removeScore(
      companyId,
      id,
      this.#event(principal, 'quality.scoreRemoved', { scoreId: id, itemId, agentId }),
    )
    return undefined
  }

  /** @param agentId of this agent alone; an agent's own scores are asked for so */
  async scores(
    { companyId }: Principal,
    {
      limit = usualLimit,
      before,
      agentId,
      itemId,
    }: {
      limit?: number | undefined
      before?: string | undefined
      agentId?: string | undefined
      itemId?: string | undefined
    },
  ): Promise<ScorePage> {
    const found = await this.#parts.quality.scores({
      companyId: companyId as CompanyId,
      ...(agentId === undefined ? {} : { agentId: agentId as UserId }),
      ...(itemId === undefined ? {} : { itemId: itemId as WorkItemId }),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    })
    const items = found.slice(0, limit).map((score) => this.#view(score))
    const last = items.at(-1)
    return { items, ...(found.length > limit && last ? { next: last.id } : {}) }
  }

  async #form({ companyId }: Principal, id: string): Promise<QualityForm | undefined> {
    return (await this.#parts.quality.forms(companyId as CompanyId)).find((form) => form.id === id)
  }

  async #putForm(principal: Principal, id: string, body: FormFields): Promise<FormView> {
    const form: QualityForm = { id, companyId: principal.companyId as CompanyId, ...body }
    await this.#parts.quality.putForm(
      form,
      this.#event(principal, 'quality.formChanged', { formId: id, name: form.name }),
    )
    return formView(form)
  }

  #event({ companyId, userId }: Principal, kind: string, data: Record<string, unknown>) {
    return { kind, atMs: this.#parts.clock.now(), companyId: companyId as CompanyId, data: { by: userId, ...data } }
  }

  #view(score: QualityScore): ScoreView {
    const { directory, centres } = this.#parts
    const { companyId: _, by, atMs, queueId, answers, ...rest } = score
    const queue = centres.published(score.companyId)?.centre.queues.find(({ id }) => id === queueId)
    return {
      ...rest,
      at: time(atMs),
      byName: directory.user(by)?.displayName ?? by,
      agentName: directory.user(score.agentId)?.displayName ?? score.agentId,
      queueName: queue?.name ?? queueId,
      answers: answers.map((answer) => ({ ...answer })),
    }
  }
}

const formView = ({ id, name, questions, isActive }: QualityForm): FormView => ({
  id,
  name,
  questions: questions.map((question) => ({ ...question })),
  isActive,
})

/** Every question with its points; those that were left out did not apply. */
function answersOf(form: QualityForm, given: ScoreFields['answers']): QualityScore['answers'] | Refusal {
  const points = new Map(given.map((answer) => [answer.questionId, answer.points]))
  const isKnown = given.every(({ questionId, points: own }) => {
    const question = form.questions.find(({ id }) => id === questionId)
    return question !== undefined && own <= question.most
  })
  if (!isKnown || points.size !== given.length) return AnswersUnsound()
  return form.questions.map((question) => {
    const own = points.get(question.id)
    return own === undefined ? question : { ...question, points: own }
  })
}
