import { type ReactNode, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { isAt, sayMistake } from '../../app/say-mistake.ts'
import { useApp } from '../../app/use-app.ts'
import { Badge, Button, Dialog, TextField, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { ApiFault } from '../../api/api.ts'
import { useWrongFields, WrongFields } from '../flows/forms/wrong-fields.ts'
import type { CentreModel, CentreView, Finding } from './centre-model.ts'
import css from './centre.module.css'
import { changeAt, findingsAt } from './centre-props.ts'
import { FaultBanner, useAsking } from './parts.tsx'
import { useCentreText } from './use-centre-text.ts'

type ListSection = Parameters<CentreModel['remove']>[0]

/** The frame of a form for one thing: kept in the draft, or taken out of it. */
export function ThingDialog({
  title,
  model,
  view,
  section,
  id,
  isNew,
  isWide,
  canSave,
  save,
  onClose,
  children,
}: {
  readonly title: string
  readonly model: CentreModel
  readonly view: CentreView
  readonly section: ListSection
  readonly id: string
  readonly isNew: boolean
  readonly isWide?: boolean
  readonly canSave: boolean
  readonly save: () => Promise<void>
  readonly onClose: () => void
  /** @param mistakeAt what is wrong with a field of the thing, by its JSON pointer */
  readonly children: ReactNode | ((mistakeAt: (path: string) => string | undefined) => ReactNode)
}) {
  const words = useWords()
  const text = useCentreText()
  const { toasts } = useApp()
  const asking = useAsking()
  const { ask, dialog } = useQuestion((error) =>
    error instanceof ApiFault && error.code === 'API_STILL_IN_USE' ? (error.detail ?? '') : faultText(words, error),
  )
  const askRemove = () =>
    ask({
      title: `${words.shell.remove}: ${title}`,
      text: text('removeAsk'),
      yes: words.shell.remove,
      isDanger: true,
      run: async () => {
        await model.remove(section, id)
        toasts.show({ tone: 'good', text: text('removedFromDraft', { name: title }) })
        onClose()
      },
    })
  const [assertSame] = useState(() => model.watch(section, id))
  const { isAnyWrong, tellWrong } = useWrongFields()
  const mistakes = asking.fault instanceof ApiFault ? asking.fault.mistakes : []
  const mistakeAt = (path: string) =>
    mistakes.filter((mistake) => isAt(`/value${path}`, mistake)).map((mistake) => sayMistake(words.errors, mistake))[0]
  const keep = () =>
    asking.run(async () => {
      assertSame()
      await save()
      toasts.show({ tone: 'good', text: text('kept') })
      onClose()
    })
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      {...(isWide ? { isWide } : {})}
      foot={
        <>
          {!isNew && (
            <Button icon="trash" onPress={askRemove}>
              {words.shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" isDisabled={asking.isBusy || !canSave || isAnyWrong} onPress={keep}>
            {words.shell.save}
          </Button>
        </>
      }
    >
      {dialog}
      <FindingList findings={isNew ? [] : findingsAt(view, section, id)} />
      <WrongFields value={tellWrong}>
        <div className={css.whole}>{typeof children === 'function' ? children(mistakeAt) : children}</div>
      </WrongFields>
      <FaultBanner fault={asking.fault} />
    </Dialog>
  )
}

/** What is the matter, errors first. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const text = useCentreText()
  if (findings.length === 0) return null
  return (
    <ul className={css.findings}>
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.id ?? ''} ${finding.text}`}>
          <Badge tone={finding.severity === 'error' ? 'bad' : 'warn'}>
            {text(finding.severity === 'error' ? 'error' : 'warning')}
          </Badge>
          <span>{finding.text}</span>
        </li>
      ))}
    </ul>
  )
}

/** Whether a thing is new or changed in the draft, and whether something is the matter with it. */
export function ThingState({
  view,
  section,
  id,
}: {
  readonly view: CentreView
  readonly section: ListSection
  readonly id: string
}) {
  const text = useCentreText()
  const change = changeAt(view, section, id)
  const findings = findingsAt(view, section, id)
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  return (
    <>
      {change !== undefined && <Badge tone="info">{text(change === 'added' ? 'isNew' : 'isChanged')}</Badge>}{' '}
      {errors > 0 && <Badge tone="bad">{text('errors', { n: errors })}</Badge>}{' '}
      {warnings > 0 && <Badge tone="warn">{text('warnings', { n: warnings })}</Badge>}
    </>
  )
}

/** What people call a thing. */
export function NameField({ value, onChange }: { readonly value: string; readonly onChange: (name: string) => void }) {
  const text = useCentreText()
  return (
    <TextField
      label={text('name')}
      value={value}
      onChange={onChange}
      maxLength={80}
      autoFocus
      mistake={value !== '' && !isName(value) ? text('nameWrong') : undefined}
    />
  )
}

export const isName = (name: string): boolean => name.trim() !== '' && name.length <= 80
