import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components/Checkbox'
import {
  Cell,
  Column,
  Row,
  type Selection,
  type SortDescriptor,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from 'react-aria-components/Table'
import { useWords } from '../words/use-words.ts'
import css from './cards.module.css'
import controls from './controls.module.css'
import { Icon } from './icon.tsx'

export interface TableColumn<T> {
  readonly id: string
  /** Empty for buttons: then only read aloud what they are. */
  readonly title: string
  readonly cell: (row: T) => ReactNode
  readonly isSortable?: boolean
  readonly width?: number | string
}

/** Rows and columns; arrow keys go through them, Enter opens a row. For thousands of rows use a virtualised list. */
export function Table<T extends { readonly id: string }>({
  label,
  columns,
  rows,
  onOpen,
  empty,
  sort,
  onSort,
  chosen,
  onChoose,
}: {
  readonly label: string
  /** The first one names the row. */
  readonly columns: readonly TableColumn<T>[]
  readonly rows: readonly T[]
  readonly onOpen?: (row: T) => void
  readonly empty: ReactNode
  readonly sort?: SortDescriptor
  readonly onSort?: (sort: SortDescriptor) => void
  /** Ids of the rows chosen, where several can be. */
  readonly chosen?: ReadonlySet<string>
  readonly onChoose?: (ids: ReadonlySet<string>) => void
}) {
  const { shell } = useWords()
  const choosing = onChoose
    ? {
        selectionMode: 'multiple' as const,
        selectedKeys: chosen ?? new Set<string>(),
        onSelectionChange: (keys: Selection) =>
          onChoose(keys === 'all' ? new Set(rows.map(({ id }) => id)) : new Set([...keys].map(String))),
      }
    : {}
  return (
    <div className={css.tableBox}>
      <AriaTable
        aria-label={label}
        className={css.table!}
        {...choosing}
        {...(sort ? { sortDescriptor: sort } : {})}
        {...(onSort ? { onSortChange: onSort } : {})}
        {...(onOpen
          ? {
              onRowAction: (key: string | number) => {
                const row = rows.find(({ id }) => id === key)
                if (row) onOpen(row)
              },
            }
          : {})}
      >
        <TableHeader>
          {onChoose && (
            <Column width={36}>
              <Tick />
            </Column>
          )}
          {columns.map(({ id, title, isSortable, width }, index) => (
            <Column
              key={id}
              id={id}
              isRowHeader={index === 0}
              allowsSorting={isSortable ?? false}
              {...(width === undefined ? {} : { style: { width } })}
            >
              {title === '' ? <span className={css.visuallyHidden}>{shell.rowActions}</span> : title}
            </Column>
          ))}
        </TableHeader>
        <TableBody items={rows as T[]} renderEmptyState={() => empty} dependencies={[columns]}>
          {(row) => (
            <Row id={row.id}>
              {onChoose && (
                <Cell>
                  <Tick />
                </Cell>
              )}
              {columns.map(({ id, cell }) => (
                <Cell key={id}>{cell(row)}</Cell>
              ))}
            </Row>
          )}
        </TableBody>
      </AriaTable>
    </div>
  )
}

/** Chooses a row, or all of them; the library gives it its meaning and its name. */
function Tick() {
  return (
    <Checkbox slot="selection" className={controls.toggle!}>
      {({ isSelected, isIndeterminate }) => (
        <span className={controls.box}>
          {isIndeterminate ? <span className={controls.dash} /> : isSelected && <Icon name="check" size={14} />}
        </span>
      )}
    </Checkbox>
  )
}
