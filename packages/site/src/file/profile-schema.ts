import Type from 'typebox'
import { clientKinds, profileFormat } from '../profile/site-profile.ts'
import {
  Amount,
  Closed,
  Count,
  Day,
  Flag,
  Id,
  Line,
  List,
  Maybe,
  OneOf,
  OptionIdPattern,
  Scalar,
  Some,
  Version,
} from './shapes.ts'

const Network = Line('CIDR network, one address, or `first-last`.', 100)
const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })
const People = (description: string) => Count(description, 1_000_000)

export const ProfileSchema = Closed(
  {
    format: Type.Literal(profileFormat, { description: 'Format and its version.' }),
    name: Line('Name of the site.'),
    system: Id('Id of the catalogue: whose service the site will use.'),
    version: Maybe(Version('Version of the catalogue; absent: the newest.')),
    people: Closed(
      {
        softphone: Maybe(People('With a program on the PC.')),
        webSoftphone: Maybe(People('In a browser.')),
        deskPhone: Maybe(People('With a telephone.')),
        integrated: Maybe(People('Through another system, such as Teams.')),
        mobile: Maybe(People('With an app on a mobile.')),
        attendant: Maybe(People('At a switchboard.')),
        ctiOnly: Maybe(People('Who steer a telephone and do not speak through the PC.')),
        adapter: Maybe(People('Analogue lines.')),
      },
      { description: 'Normal users by their kind of client; agents are counted apart.' },
    ),
    shareInCall: Maybe(Share('Of the normal users, in an external call at the busiest moment; 0.2 if absent.')),
    agents: Maybe(
      Closed({
        loggedOn: People('Most that are logged on at once.'),
        client: OneOf(clientKinds, 'What they speak with.'),
      }),
    ),
    options: Maybe(
      Type.Record(Type.String({ pattern: OptionIdPattern }), Scalar('Value.'), {
        additionalProperties: false,
        maxProperties: 200,
        description: "Values of the catalogue's options by id.",
      }),
    ),
    connection: OneOf(['internet', 'private-network'], 'How the site reaches the service.'),
    proxy: Maybe(OneOf(['none', 'bypassed', 'forced'], 'Web proxy of the site; none if absent.')),
    networks: Maybe(
      Closed({
        inside: Maybe(List(Network, "The site's own networks. Absent: any inside address.")),
        segments: Maybe(List(Closed({ name: Line('Name of the VLAN or part.', 100), network: Network }), 'Parts.')),
        places: Maybe(
          Type.Record(Type.String({ pattern: '^[a-z0-9-]{1,80}$' }), Some(Network, 'Addresses.', 200), {
            additionalProperties: false,
            maxProperties: 200,
            description: "Addresses of the customer's servers by the catalogue's place names.",
          }),
        ),
        stateful: Maybe(Flag('The firewall remembers connections; true if absent.')),
      }),
    ),
    voice: Maybe(
      Closed({
        codec: Maybe(OneOf(['g711', 'g722', 'opus', 'g729'], 'g711 if absent.')),
        packetMs: Maybe(
          Type.Union([Type.Literal(10), Type.Literal(20), Type.Literal(30), Type.Literal(40), Type.Literal(60)], {
            description: 'Milliseconds of voice in a packet: 10, 20, 30, 40 or 60; 20 if absent.',
          }),
        ),
        srtp: Maybe(Flag('Encrypted; true if absent.')),
        ipVersion: Maybe(Type.Union([Type.Literal(4), Type.Literal(6)], { description: '4 or 6; 4 if absent.' })),
        vlan: Maybe(Flag('Ethernet frames carry a VLAN tag; false if absent.')),
        connectionMbps: Maybe(Amount('Of the connection, the slower direction.', 1e7)),
      }),
    ),
    traffic: Maybe(
      Closed({
        externalCallsPerHour: Maybe(Amount('In the busiest hour, in and out.', 1e7)),
        averageCallSeconds: Maybe(Amount('Length of a call.', 86_400)),
        blocking: Maybe(Share('Calls that may find every line busy; 0.01 if absent.')),
        agentCallsPerHour: Maybe(Amount('Calls in the busiest hour to the agents.', 1e7)),
        averageHandlingSeconds: Maybe(Amount('With wrap-up.', 86_400)),
        serviceLevel: Maybe(
          Closed({ share: Share('Calls answered in time.'), withinSeconds: Amount('What in time means.', 86_400) }),
        ),
      }),
    ),
    secrets: Maybe(
      List(
        Closed({
          requirement: Id('Id of the requirement; `own`: something that no requirement names.'),
          subject: Line('What expires.'),
          notAfter: Day('Last day.'),
          owner: Line('Mail address of who is warned.', 254),
        }),
        'What expires, as far as it is known.',
      ),
    ),
  },
  {
    title: 'Site profile',
    description: 'What a plan is made from: people, options, connection and addresses of a site.',
  },
)
