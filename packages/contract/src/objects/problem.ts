import Type from 'typebox'

/** RFC 9457 problem details. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'Where the code is explained.' }),
    title: Type.String({ description: 'The HTTP status in words.' }),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable, upper snake case; listed in the error catalogue.' }),
    detail: Type.String({ description: 'A sentence for a person: what happened and what to do.' }),
    retryAfterSeconds: Type.Optional(Type.Integer()),
    mistakes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: Type.String({
              description: 'JSON pointer (RFC 6901) into the body, or `?name` of a query parameter.',
            }),
            reason: Type.String(),
          },
          { additionalProperties: false },
        ),
        { description: 'All of them at once.' },
      ),
    ),
  },
  { additionalProperties: false, title: 'Problem' },
)
