import { useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Card, IconButton, Line, Quiet } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from './sites.module.css'
import { type Site, useOfSite } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'

/** Links for the people at the site: they check from there, without a login. */
export function SiteLinks({ site }: { readonly site: Site }) {
  const words = useWords()
  const { shell } = words
  const text = useSiteWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const params = { siteId: site.id }
  const { value, reload } = useOfSite(site.id, () => api.call('listSiteInvitations', { params }))
  const [made, setMade] = useState<string>()
  const report = (error: unknown) => void toasts.show({ tone: 'bad', text: faultText(words, error) })
  const make = () =>
    void api.call('inviteToSite', { params, body: {} }).then(({ path }) => {
      setMade(new URL(path, location.href).href)
      reload()
    }, report)
  const end = (invitationId: string) =>
    void api.call('endSiteInvitation', { params: { ...params, invitationId } }).then(reload, report)
  return (
    <Card
      title={text('links')}
      tools={
        <>
          <a href="/verify" target="_blank" rel="noreferrer">
            {text('verifyHere')}
          </a>
          <Button icon="link" onPress={make}>
            {text('makeLink')}
          </Button>
        </>
      }
    >
      <Quiet>{text('linksHint')}</Quiet>
      {made && (
        <Banner
          tone="good"
          isLive
          tools={
            <IconButton
              icon="copy"
              label={shell.copy}
              onPress={() =>
                void navigator.clipboard.writeText(made).then(() => toasts.show({ tone: 'good', text: shell.copied }))
              }
            />
          }
        >
          {text('linkOnce')} <span className={css.link}>{made}</span>
        </Banner>
      )}
      {value?.items.map(({ id, createdAt, expiresAt }) => (
        <Line key={id}>
          {format.dateTime(Date.parse(createdAt))}
          <Quiet>{text('linkUntil', { day: format.date(Date.parse(expiresAt)) })}</Quiet>
          <Button size="small" onPress={() => end(id)}>
            {text('endLink')}
          </Button>
        </Line>
      ))}
    </Card>
  )
}
