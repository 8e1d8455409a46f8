import { Checkbox, Radios, Select, Switch, TextField } from '../../../look/index.ts'
import { languages } from '../../../words/words.ts'
import css from '../flows.module.css'
import { useFlowWords } from '../use-flow-words.ts'
import type { Supplies } from '../use-supplies.ts'
import { CredentialSelect } from './condition-forms.tsx'
import { PersonSelect, WholeField } from './fields.tsx'
import type { FormProps } from './form-props.ts'
import { SayEditor } from './say-editor.tsx'

export function AnnounceForm({ node, put, supplies }: FormProps<'announce'>) {
  const text = useFlowWords()
  return (
    <>
      <SayEditor label={text('says')} say={node.say} supplies={supplies} onChange={(say) => put({ ...node, say })} />
      <Checkbox
        isOn={node.isUninterruptible ?? false}
        onChange={(isUninterruptible) => put({ ...node, isUninterruptible })}
      >
        {text('keepsTalking')}
      </Checkbox>
    </>
  )
}

/** How often and how long is asked: of menus and questions alike. */
function Patience<N extends { readonly tries: number; readonly waitSeconds: number }>({
  node,
  put,
}: {
  readonly node: N
  readonly put: (node: N) => void
}) {
  const text = useFlowWords()
  return (
    <div className={css.two}>
      <WholeField
        label={text('tries')}
        value={node.tries}
        least={1}
        most={5}
        onChange={(tries) => put({ ...node, tries })}
      />
      <WholeField
        label={text('waitSeconds')}
        value={node.waitSeconds}
        least={1}
        most={30}
        onChange={(waitSeconds) => put({ ...node, waitSeconds })}
      />
    </div>
  )
}

export function MenuForm({ node, put, supplies }: FormProps<'menu'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('keys')}
        hint={text('keysHint')}
        value={node.keys}
        maxLength={12}
        onChange={(keys) => put({ ...node, keys: [...new Set(keys.replace(/[^0-9*#]/g, ''))].join('') })}
      />
      <SayEditor label={text('says')} say={node.say} supplies={supplies} onChange={(say) => put({ ...node, say })} />
      <Patience node={node} put={put} />
      <SayEditor
        label={text('saysAgain')}
        say={node.sayAgain ?? []}
        supplies={supplies}
        onChange={(sayAgain) => {
          const { sayAgain: _, ...rest } = node
          put(sayAgain.length === 0 ? rest : { ...rest, sayAgain })
        }}
      />
    </>
  )
}

export function CollectForm({ node, put, supplies }: FormProps<'collect'>) {
  const text = useFlowWords()
  return (
    <>
      <SayEditor label={text('says')} say={node.say} supplies={supplies} onChange={(say) => put({ ...node, say })} />
      <TextField
        label={text('variable')}
        value={node.variable}
        onChange={(variable) => put({ ...node, variable: variable.replace(/\W/g, '') || 'number' })}
      />
      <div className={css.two}>
        <WholeField
          label={text('least')}
          value={node.least}
          least={1}
          most={40}
          onChange={(least) => put({ ...node, least, most: Math.max(least, node.most) })}
        />
        <WholeField
          label={text('most')}
          value={node.most}
          least={1}
          most={40}
          onChange={(most) => put({ ...node, most, least: Math.min(most, node.least) })}
        />
      </div>
      <Patience node={node} put={put} />
      <Checkbox isOn={node.isSecret ?? false} onChange={(isSecret) => put({ ...node, isSecret })}>
        {text('secret')}
      </Checkbox>
    </>
  )
}

type Whom = { readonly kind: 'user'; readonly userId: string } | { readonly kind: 'number'; readonly number: string }

/** A person, or a number of the company. */
function WhomForm({
  whom,
  supplies: { users, numbers },
  onChange,
}: {
  readonly whom: Whom
  readonly supplies: Supplies
  readonly onChange: (whom: Whom) => void
}) {
  const text = useFlowWords()
  return (
    <>
      <Radios
        label={text('whom')}
        value={whom.kind}
        choices={[
          { id: 'user', label: text('whom.user') },
          { id: 'number', label: text('whom.number') },
        ]}
        onChange={(kind) =>
          onChange(
            kind === 'user'
              ? { kind, userId: users[0]?.id ?? '-' }
              : { kind: 'number', number: numbers[0]?.number ?? '0' },
          )
        }
      />
      {whom.kind === 'user' ? (
        <PersonSelect
          label={text('person')}
          users={users}
          value={whom.userId}
          onChange={(userId) => onChange({ kind: 'user', userId })}
        />
      ) : (
        <NumberField
          value={whom.number}
          numbers={numbers.map(({ number }) => number)}
          onChange={(number) => onChange({ kind: 'number', number })}
        />
      )}
    </>
  )
}

function NumberField({
  value,
  numbers,
  onChange,
}: {
  readonly value: string
  readonly numbers: readonly string[]
  readonly onChange: (number: string) => void
}) {
  const text = useFlowWords()
  const known = numbers.includes(value) ? numbers : [value, ...numbers]
  return (
    <Select label={text('number')} value={value} choices={known.map((id) => ({ id, label: id }))} onChange={onChange} />
  )
}

const RingTime = <N extends { readonly ringSeconds: number }>({
  node,
  put,
}: {
  readonly node: N
  readonly put: (node: N) => void
}) => {
  const text = useFlowWords()
  return (
    <WholeField
      label={text('ringSeconds')}
      value={node.ringSeconds}
      least={5}
      most={180}
      onChange={(ringSeconds) => put({ ...node, ringSeconds })}
    />
  )
}

export function RingForm({ node, put, supplies }: FormProps<'ring'>) {
  const text = useFlowWords()
  return (
    <>
      <WhomForm whom={node.target} supplies={supplies} onChange={(target) => put({ ...node, target })} />
      <RingTime node={node} put={put} />
      <Checkbox isOn={node.hasMusic ?? false} onChange={(hasMusic) => put({ ...node, hasMusic })}>
        {text('hasMusic')}
      </Checkbox>
    </>
  )
}

export function QueueForm({ node, put, supplies }: FormProps<'queue'>) {
  const queues = supplies.numbers.filter(({ target }) => target.kind === 'service' && target.service === 'queue')
  return (
    <NumberField
      value={node.number}
      numbers={queues.map(({ number }) => number)}
      onChange={(number) => put({ ...node, number })}
    />
  )
}

export function VoicemailForm({ node, put, supplies }: FormProps<'voicemail'>) {
  return <WhomForm whom={node.box} supplies={supplies} onChange={(box) => put({ ...node, box })} />
}

export function ForwardForm({ node, put, supplies }: FormProps<'forward'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('forwardTo')}
        value={node.to}
        maxLength={64}
        onChange={(to) => to !== '' && put({ ...node, to })}
      />
      <Select
        label={text('asUser')}
        value={node.asUserId ?? '-'}
        choices={[
          { id: '-', label: text('asNobody') },
          ...supplies.users.map(({ id, displayName }) => ({ id, label: displayName })),
        ]}
        onChange={(asUserId) => {
          const { asUserId: _, ...rest } = node
          put(asUserId === '-' ? rest : { ...rest, asUserId })
        }}
      />
      <RingTime node={node} put={put} />
    </>
  )
}

export function SetForm({ node, put }: FormProps<'set'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('variable')}
        hint={text('variableHint')}
        value={node.variable}
        onChange={(variable) => put({ ...node, variable: variable.replace(/\W/g, '') || 'value' })}
      />
      <TextField
        label={text('value')}
        value={node.value}
        maxLength={200}
        onChange={(value) => put({ ...node, value })}
      />
    </>
  )
}

export function LanguageForm({ node, put }: FormProps<'setLanguage'>) {
  const text = useFlowWords()
  return (
    <Select
      label={text('language')}
      value={node.language}
      choices={languages.map(({ id, name }) => ({ id, label: name }))}
      onChange={(language) => put({ ...node, language })}
    />
  )
}

export function CallerNameForm({ node, put }: FormProps<'callerName'>) {
  const text = useFlowWords()
  return (
    <TextField
      label={text('shownName')}
      hint={text('variableHint')}
      value={node.name ?? ''}
      maxLength={100}
      onChange={(name) => name !== '' && put({ ...node, name })}
    />
  )
}

export function RecordForm({ node, put }: FormProps<'record'>) {
  const text = useFlowWords()
  return (
    <Switch isOn={node.isOn} onChange={(isOn) => put({ ...node, isOn })}>
      {text(node.isOn ? 'recordOn' : 'recordOff')}
    </Switch>
  )
}

export function MailForm({ node, put }: FormProps<'mail'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField label={text('mailTo')} type="email" value={node.to} onChange={(to) => put({ ...node, to })} />
      <TextField
        label={text('subject')}
        value={node.subject}
        maxLength={200}
        onChange={(subject) => subject !== '' && put({ ...node, subject })}
      />
      <TextField
        isLong
        label={text('text')}
        value={node.text}
        maxLength={4000}
        onChange={(written) => written !== '' && put({ ...node, text: written })}
      />
    </>
  )
}

export function WebhookForm({ node, put, supplies }: FormProps<'webhook'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('address')}
        hint={text('addressHint')}
        value={node.url}
        onChange={(url) => url !== '' && put({ ...node, url })}
      />
      <CredentialSelect node={node} put={put} names={supplies.credentials} />
      <TextField
        isLong
        label={text('text')}
        value={node.text}
        maxLength={2000}
        onChange={(written) => put({ ...node, text: written })}
      />
    </>
  )
}

export function HangUpForm({ node, put }: FormProps<'hangUp'>) {
  const text = useFlowWords()
  return (
    <Checkbox isOn={node.isBusy ?? false} onChange={(isBusy) => put({ ...node, isBusy })}>
      {text('asBusy')}
    </Checkbox>
  )
}
