import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, Card, Line, Quiet, useQuestion } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from './security.module.css'

/** How a user logs in, for administrators: let in again, taken back what is lost, logged out everywhere. */
export function UserLogins({ user }: { readonly user: ReplyOf<'readUser'> }) {
  const words = useWords()
  const { users: texts } = words.security
  const { api, clock, showFault, toasts } = useApp()
  const format = useFormat()
  const [security, setSecurity] = useState<ReplyOf<'readUserSecurity'>>()
  const [sessions, setSessions] = useState<ReplyOf<'listUserSessions'>['items']>([])
  const [link, setLink] = useState<string>()
  const { ask, dialog } = useQuestion((fault) => faultText(words, fault))
  const params = { userId: user.id }
  const load = useCallback(async () => {
    const request = { params: { userId: user.id } }
    setSecurity(await api.call('readUserSecurity', request))
    setSessions((await api.call('listUserSessions', request)).items)
  }, [api, user.id])
  useEffect(() => {
    load().catch(showFault)
  }, [load, showFault])
  if (!security) return null
  const used = sessions[0] && format.moment(Date.parse(sessions[0].usedAt), clock.nowMs())
  const hasFactor = security.codesSince !== undefined || security.passkeys.length > 0
  return (
    <Card title={texts.title}>
      {dialog}
      <Quiet>
        {[
          security.codesSince === undefined ? texts.noCodes : texts.hasCodes,
          security.passkeys.length > 0 ? texts.passkeys(security.passkeys.length) : undefined,
          security.hasSso ? texts.hasSso : undefined,
          security.isPasswordTemporary ? texts.isTemporary : undefined,
          texts.sessions(sessions.length, used),
        ]
          .filter((part) => part !== undefined)
          .join(' ')}
      </Quiet>
      {link !== undefined && (
        <div className={css.setup}>
          <Quiet>{texts.linkLead}</Quiet>
          <Line>
            <span className={css.secret}>{link}</span>
            <Button
              icon="copy"
              onPress={() =>
                void navigator.clipboard
                  .writeText(link)
                  .then(() => toasts.show({ tone: 'good', text: words.security.copied }))
              }
            >
              {words.security.copy}
            </Button>
          </Line>
        </div>
      )}
      <Line>
        <Button
          icon="link"
          onPress={() =>
            ask({
              title: texts.link,
              text: texts.linkAsk(user.displayName),
              yes: texts.link,
              run: async () => {
                setLink((await api.call('resetPassword', { params, body: { by: 'link' } })).link)
                await load()
              },
            })
          }
        >
          {texts.link}
        </Button>
        {hasFactor && (
          <Button
            icon="shield"
            onPress={() =>
              ask({
                title: texts.reset,
                text: texts.resetAsk(user.displayName),
                yes: texts.reset,
                isDanger: true,
                run: async () => {
                  await api.call('resetSecondFactors', { params })
                  await load()
                },
              })
            }
          >
            {texts.reset}
          </Button>
        )}
        {sessions.length > 0 && (
          <Button
            icon="log-out"
            onPress={() =>
              ask({
                title: texts.end,
                text: texts.endAsk(user.displayName),
                yes: texts.end,
                isDanger: true,
                run: async () => {
                  await api.call('endUserSessions', { params })
                  await load()
                },
              })
            }
          >
            {texts.end}
          </Button>
        )}
      </Line>
    </Card>
  )
}
