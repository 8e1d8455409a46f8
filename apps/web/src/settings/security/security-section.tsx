import { useEffect, useMemo, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Badge, Banner, Button, Card, Dialog, Quiet, Stack, useQuestion } from '../../look/index.ts'
import { NewPasswordForm } from '../../session/new-password-form.tsx'
import { useFormat, useWords } from '../../words/use-words.ts'
import { CodesSetup } from './codes-setup.tsx'
import { PasskeysCard } from './passkeys-card.tsx'
import { RecoveryCodesList } from './recovery-codes-list.tsx'
import { SecurityViewModel } from './security-view-model.ts'
import { SessionsCard } from './sessions-card.tsx'

type Open = 'password' | 'codes' | undefined

/** My password, my second factors, my logins. */
export function Section() {
  const words = useWords()
  const { security: texts, session } = words
  const app = useApp()
  const format = useFormat()
  const { user } = useMe()
  const viewModel = useMemo(() => new SecurityViewModel(app.api), [app])
  const { security, sessions } = useValue(viewModel.state)
  const [open, setOpen] = useState<Open>()
  const [codes, setCodes] = useState<readonly string[]>()
  const question = useQuestion((fault) => faultText(words, fault))
  useEffect(() => viewModel.follow(app.events, app.showFault), [viewModel, app])
  const close = () => setOpen(undefined)
  const made = (recovery: readonly string[]) => {
    close()
    if (recovery.length > 0) setCodes(recovery)
    void viewModel.load().catch(app.showFault)
  }
  const hasFactor = security !== undefined && (security.codesSince !== undefined || security.passkeys.length > 0)
  if (!security) return <Stack>{null}</Stack>
  return (
    <Stack>
      {security.isSecondFactorWanted && !hasFactor && !security.hasSso && (
        <Banner tone="warn">{texts.factorWanted}</Banner>
      )}
      <Card
        title={texts.password}
        tools={
          <Button onPress={() => setOpen('password')}>
            {security.hasPassword ? texts.change : session.setPassword}
          </Button>
        }
      >
        <Quiet>{security.hasPassword ? texts.passwordLead : texts.noPassword}</Quiet>
      </Card>
      <Card
        title={texts.codes}
        tools={
          security.codesSince === undefined ? (
            <Button onPress={() => setOpen('codes')}>{texts.setUp}</Button>
          ) : (
            <>
              <Badge tone="good">{texts.isOn}</Badge>
              <Button onPress={() => setOpen('codes')}>{texts.replace}</Button>
              <Button
                onPress={() =>
                  question.ask({
                    title: texts.removeCodesTitle,
                    text: texts.removeCodesText,
                    yes: texts.remove,
                    isDanger: true,
                    run: () => viewModel.removeCodes(),
                  })
                }
              >
                {texts.remove}
              </Button>
            </>
          )
        }
      >
        <Quiet>
          {security.codesSince === undefined
            ? texts.codesLead
            : texts.codesSince(format.date(Date.parse(security.codesSince)))}
        </Quiet>
      </Card>
      <PasskeysCard viewModel={viewModel} passkeys={security.passkeys} onMade={made} />
      {hasFactor && (
        <Card
          title={texts.recovery}
          tools={
            <Button
              onPress={() =>
                question.ask({
                  title: texts.newRecoveryTitle,
                  text: texts.newRecoveryText,
                  yes: texts.newRecovery,
                  run: async () => setCodes(await viewModel.newRecoveryCodes()),
                })
              }
            >
              {texts.newRecovery}
            </Button>
          }
        >
          <Quiet>{texts.recoveryLeft(security.recoveryCodesLeft)}</Quiet>
        </Card>
      )}
      {sessions && <SessionsCard viewModel={viewModel} sessions={sessions} />}
      {question.dialog}
      <Dialog title={texts.password} isOpen={open === 'password'} onClose={close}>
        <NewPasswordForm
          login={user.login}
          asksCurrent
          action={session.setPassword}
          save={async (current, password) => {
            await app.api.call('changeMyPassword', { body: { current, password } })
            app.toasts.show({ tone: 'good', text: texts.passwordChanged })
            made([])
          }}
        />
      </Dialog>
      <Dialog title={texts.codes} isOpen={open === 'codes'} onClose={close}>
        <CodesSetup onDone={made} />
      </Dialog>
      <Dialog title={texts.recovery} isOpen={codes !== undefined} isUrgent onClose={() => {}}>
        {codes && <RecoveryCodesList codes={codes} onKept={() => setCodes(undefined)} />}
      </Dialog>
    </Stack>
  )
}
