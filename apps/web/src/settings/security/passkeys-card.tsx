import { type FormEvent, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  Dialog,
  Icon,
  IconButton,
  Quiet,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { FaultBanner } from '../../session/fault-banner.tsx'
import { loadPasskeys } from '../../session/load-passkeys.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { deviceName } from './device-name.ts'
import { makePasskey } from './make-passkey.ts'
import type { Security, SecurityViewModel } from './security-view-model.ts'
import css from './security.module.css'

type Passkey = Security['passkeys'][number]

/** My passkeys: what they are called, when they were used, one more. */
export function PasskeysCard({
  viewModel,
  passkeys,
  onMade,
}: {
  readonly viewModel: SecurityViewModel
  readonly passkeys: readonly Passkey[]
  readonly onMade: (recoveryCodes: readonly string[]) => void
}) {
  const words = useWords()
  const { security: texts } = words
  const app = useApp()
  const format = useFormat()
  const [ways, setWays] = useState<ReplyOf<'readLoginWays'>>()
  const [named, setNamed] = useState<Passkey | 'new'>()
  const question = useQuestion((fault) => faultText(words, fault))
  useEffect(() => {
    app.api.call('readLoginWays').then(setWays, app.showFault)
  }, [app])
  const date = (text: string) => format.date(Date.parse(text))
  return (
    <Card
      title={texts.passkeys}
      tools={
        <Button isDisabled={ways?.passkey !== true} onPress={() => setNamed('new')}>
          {texts.addPasskey}
        </Button>
      }
    >
      <Quiet>{ways?.passkey === false ? texts.passkeysNeedName : texts.passkeysLead}</Quiet>
      {passkeys.length > 0 && (
        <ul className={css.rows}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={css.row}>
              <span className={css.rowIcon}>
                <Icon name="key" />
              </span>
              <span className={css.rowText}>
                {passkey.name} {passkey.isSuspect && <Badge tone="bad">{texts.suspect}</Badge>}
                <small>
                  {texts.passkeyMade(date(passkey.createdAt), passkey.host)}
                  {' · '}
                  {passkey.usedAt === undefined ? texts.neverUsed : texts.usedAt(date(passkey.usedAt))}
                </small>
              </span>
              <IconButton icon="edit" label={texts.rename(passkey.name)} onPress={() => setNamed(passkey)} />
              <IconButton
                icon="trash"
                label={texts.removeNamed(passkey.name)}
                onPress={() =>
                  question.ask({
                    title: texts.removePasskeyTitle(passkey.name),
                    text: texts.removePasskeyText,
                    yes: texts.remove,
                    isDanger: true,
                    run: () => viewModel.removePasskey(passkey.id),
                  })
                }
              />
            </li>
          ))}
        </ul>
      )}
      {passkeys.some(({ isSuspect }) => isSuspect) && <Banner tone="bad">{texts.suspectLead}</Banner>}
      {question.dialog}
      <Dialog
        title={named === 'new' ? texts.addPasskey : texts.renameTitle}
        isOpen={named !== undefined}
        onClose={() => setNamed(undefined)}
      >
        {named !== undefined && (
          <NameForm
            before={named === 'new' ? deviceName(navigator.userAgent) : named.name}
            action={named === 'new' ? texts.goOnInBrowser : texts.save}
            lead={named === 'new' ? texts.addPasskeyLead : undefined}
            save={async (name) => {
              if (named === 'new') {
                const { codes } = await makePasskey(app.api, loadPasskeys, name)
                setNamed(undefined)
                onMade(codes)
              } else {
                await viewModel.renamePasskey(named.id, name)
                setNamed(undefined)
              }
            }}
          />
        )}
      </Dialog>
    </Card>
  )
}

function NameForm({
  before,
  action,
  lead,
  save,
}: {
  readonly before: string
  readonly action: string
  readonly lead: string | undefined
  readonly save: (name: string) => Promise<void>
}) {
  const { security: texts } = useWords()
  const [name, setName] = useState(before)
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setFault(undefined)
    try {
      await save(name.trim())
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <form className={css.setup} onSubmit={(event) => void submit(event)}>
      {lead !== undefined && <Quiet>{lead}</Quiet>}
      <TextField label={texts.passkeyName} value={name} onChange={setName} maxLength={60} autoFocus isRequired />
      <FaultBanner fault={fault} />
      <Button kind="primary" type="submit" isDisabled={isBusy || name.trim() === ''}>
        {action}
      </Button>
    </form>
  )
}
