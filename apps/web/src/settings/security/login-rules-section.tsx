import { useEffect, useState } from 'react'
import { ApiFault, type ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Page, Radios, Card, Stack } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { SsoForm, type SsoSettings } from './sso-form.tsx'

type Wanted = ReplyOf<'readIdentityPolicy'>['secondFactor']

/** What the company wants of logins, and its login provider; a part of administration. */
export function Section() {
  const words = useWords()
  const { rules: texts } = words.security
  const { api } = useApp()
  const [wanted, setWanted] = useState<Wanted>()
  const [sso, setSso] = useState<SsoSettings | 'none'>()
  const [fault, setFault] = useState<unknown>()
  useEffect(() => {
    api.call('readIdentityPolicy').then((policy) => setWanted(policy.secondFactor), setFault)
    api.call('readSsoSettings').then(setSso, (error: unknown) => {
      if (error instanceof ApiFault && error.code === 'SSO_NOT_SET_UP') setSso('none')
      else setFault(error)
    })
  }, [api])
  const choose = (secondFactor: Wanted) => {
    setFault(undefined)
    api.call('setIdentityPolicy', { body: { secondFactor } }).then((policy) => setWanted(policy.secondFactor), setFault)
  }
  return (
    <Page title={texts.title}>
      {fault !== undefined && (
        <Banner tone="bad" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      <Stack>
        {wanted && (
          <Card title={texts.secondFactor}>
            <Radios
              label={texts.ofWhom}
              value={wanted}
              onChange={choose}
              choices={(['optional', 'administrators', 'everyone'] as const).map((id) => ({
                id,
                label: texts.wanted[id],
              }))}
            />
          </Card>
        )}
        {sso && (
          <SsoForm key={sso === 'none' ? '' : sso.issuer} before={sso === 'none' ? undefined : sso} onChange={setSso} />
        )}
      </Stack>
    </Page>
  )
}
