import { useEffect, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { Banner, Button, Card, Empty, Line, Page, Quiet, useQuestion } from '../../look/index.ts'
import { AtOnce } from '../../mail-channel/admin/at-once.tsx'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { chatSiteSentences } from './sentences.ts'
import { SiteDialog } from './site-dialog.tsx'
import { SiteScript } from './site-fields.tsx'
import type { ChatSite } from './site-form.ts'

/** Websites with a chat: which pages, which queue, and the line of script that puts it there. */
export function Section() {
  const words = useWords()
  const { api, showFault } = useApp()
  const text = useText(chatSiteSentences)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [sites, setSites] = useState<readonly ChatSite[]>()
  const [queues, setQueues] = useState<readonly { readonly id: string; readonly name: string }[]>()
  const [edited, setEdited] = useState<ChatSite | 'new'>()
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    api.call('listChatSites').then(({ items }) => setSites(items), showFault)
    api.call('readCentre').then(({ centre }) => {
      setQueues(centre.queues.filter(({ channels }) => channels.includes('chat')))
    }, showFault)
  }, [api, showFault, asked])
  const askRemove = (site: ChatSite) =>
    ask({
      title: text('removeTitle', { name: site.name }),
      text: text('removeText'),
      yes: words.shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeChatSite', { params: { siteId: site.id } })
        setAsked((count) => count + 1)
      },
    })
  const canMake = (queues?.length ?? 0) > 0
  return (
    <Page
      title={text('title')}
      tools={
        <Button kind="primary" icon="plus" isDisabled={!canMake} onPress={() => setEdited('new')}>
          {text('make')}
        </Button>
      }
    >
      {dialog}
      <Quiet>{text('hint')}</Quiet>
      <AtOnce />
      {queues && !canMake && <Banner tone="info">{text('noQueue')}</Banner>}
      {sites?.length === 0 && <Empty icon="chat" title={text('none')} />}
      {sites?.map((site) => (
        <Card key={site.id} title={site.name}>
          <Quiet>{site.origins.join(', ')}</Quiet>
          <SiteScript id={site.id} />
          <Line>
            <Button size="small" icon="edit" onPress={() => setEdited(site)}>
              {words.shell.edit}
            </Button>
            <Button size="small" icon="trash" onPress={() => askRemove(site)}>
              {words.shell.remove}
            </Button>
          </Line>
        </Card>
      ))}
      {edited && queues && (
        <SiteDialog
          site={edited === 'new' ? undefined : edited}
          queues={queues}
          onClose={() => {
            setEdited(undefined)
            setAsked((count) => count + 1)
          }}
        />
      )}
    </Page>
  )
}
