import { useState } from 'react'
import { SiteFields, SiteScript } from '../../web-chat/admin/site-fields.tsx'
import { formOf, isReady, wishOf } from '../../web-chat/admin/site-form.ts'
import type { CentreModel, CentreView, Website } from './centre-model.ts'
import { ThingDialog } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** A website of the draft, with the line of script for its pages. */
export function WebsiteDialog({
  id,
  website,
  model,
  view,
  onClose,
}: {
  readonly id: string
  readonly website: Website | undefined
  readonly model: CentreModel
  readonly view: CentreView
  readonly onClose: () => void
}) {
  const text = useCentreText()
  const queues = view.centre.queues.filter(({ channels }) => channels.includes('chat'))
  const [form, setForm] = useState(() => formOf(website, queues[0]?.id ?? ''))
  const [isNew] = useState(website === undefined)
  return (
    <ThingDialog
      title={website === undefined ? text('newWebsite') : website.name}
      model={model}
      view={view}
      section="websites"
      id={id}
      isNew={isNew}
      isWide
      canSave={isReady(form)}
      save={() => model.put('websites', { ...wishOf(form), id })}
      onClose={onClose}
    >
      {(mistakeAt) => (
        <>
          <SiteFields
            form={form}
            put={(change) => setForm({ ...form, ...change })}
            queues={queues}
            mistakeAt={mistakeAt}
          />
          <SiteScript id={id} />
        </>
      )}
    </ThingDialog>
  )
}
