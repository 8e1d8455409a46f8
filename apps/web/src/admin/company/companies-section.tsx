import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { onConfiguration } from '../../api/remote-list.ts'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import {
  Banner,
  Button,
  Dialog,
  Empty,
  IconButton,
  Page,
  Table,
  type TableColumn,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { Listed } from '../listed.tsx'
import { useList } from '../use-list.ts'

type Company = ReplyOf<'readCompany'>

/** All companies of the installation, for its operator. */
export function Section() {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const me = useMe()
  const companies = useList<Company>(
    'companies',
    (after) => api.call('listCompanies', { query: after === undefined ? {} : { after } }),
    onConfiguration('company'),
  )
  const [isNew, setNew] = useState(false)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const columns: TableColumn<Company>[] = [
    { id: 'name', title: admin.company.name, cell: ({ name }) => name },
    { id: 'country', title: admin.company.country, cell: ({ country }) => country },
    {
      id: 'do',
      title: '',
      cell: ({ id, name }) =>
        id !== me.company.id && (
          <IconButton
            icon="trash"
            label={`${shell.remove}: ${name}`}
            onPress={() =>
              ask({
                title: `${shell.remove}: ${name}`,
                text: admin.companies.removeAsk(name),
                yes: shell.remove,
                isDanger: true,
                run: async () => {
                  await api.call('removeCompany', { params: { companyId: id } })
                  toasts.show({ tone: 'good', text: admin.companies.removed(name) })
                  companies.reload()
                },
              })
            }
          />
        ),
    },
  ]
  return (
    <Page
      title={admin.sections.companies}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {admin.companies.make}
        </Button>
      }
    >
      {dialog}
      <Listed list={companies}>
        {(items) => (
          <Table
            label={admin.sections.companies}
            columns={columns}
            rows={items}
            empty={<Empty icon="building" title={admin.nothing} />}
          />
        )}
      </Listed>
      {isNew && (
        <NewCompany
          onClose={(made) => {
            setNew(false)
            if (made !== undefined) {
              toasts.show({ tone: 'good', text: admin.companies.made(made) })
              companies.reload()
            }
          }}
        />
      )}
    </Page>
  )
}

function NewCompany({ onClose }: { readonly onClose: (made?: string) => void }) {
  const { admin, shell } = useWords()
  const { api } = useApp()
  const submit = useSubmit()
  const [name, setName] = useState('')
  const [domain, setDomain] = useState('')
  const [country, setCountry] = useState('SE')
  const save = () =>
    submit.run(async () => {
      await api.call('createCompany', {
        body: { name: name.trim(), domain: domain.trim().toLowerCase(), country: country.trim().toUpperCase() },
      })
      onClose(name)
    })
  return (
    <Dialog
      title={admin.companies.make}
      isOpen
      onClose={() => onClose()}
      foot={
        <>
          <Button onPress={() => onClose()}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <TextField
        label={admin.company.name}
        value={name}
        onChange={setName}
        mistake={submit.mistakeAt('/name')}
        autoFocus
      />
      <TextField
        label={admin.companies.domain}
        hint={admin.companies.domainHint}
        value={domain}
        onChange={setDomain}
        mistake={submit.mistakeAt('/domain')}
        placeholder="example.com"
      />
      <TextField
        label={admin.company.country}
        hint={admin.company.countryHint}
        value={country}
        onChange={setCountry}
        mistake={submit.mistakeAt('/country')}
        maxLength={2}
      />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
