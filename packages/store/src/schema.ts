/**
 * The one schema, as Kysely sees it. Only types that every engine has: text, integers and JSON as text;
 * booleans are 0 or 1. Mapping to the ports' shapes is done in rows/ and nowhere else. Times are milliseconds since 1970.
 */
export interface Schema {
  schema_version: { version: number; name: string; applied_at_ms: number }
  settings: { name: string; value: string }
  companies: { id: string; name: string; country: string; main_number: string | null; more: string }
  domains: { name: string; company_id: string }
  users: {
    id: string
    company_id: string
    domain: string
    name: string
    display_name: string
    extension: string | null
    language: string
    role: string
    ring_seconds: number
    more: string
  }
  passwords: { user_id: string; hash: string; is_temporary: number }
  operators: { user_id: string }
  devices: {
    id: string
    company_id: string
    user_id: string
    domain: string
    label: string
    sip_username: string
    keying: string
    encryption_required: number
    /** `browser`, or null for a phone. */
    kind: string | null
  }
  device_secrets: { device_id: string; algorithm: string; realm: string; sealed: string }
  numbers: { number: string; company_id: string; is_direct: number; target: string }
  trunks: { id: string; company_id: string; name: string; keying: string; more: string }
  bindings: {
    id: string
    address_of_record: string
    company_id: string
    user_id: string
    device_id: string
    expires_at_ms: number
    more: string
  }
  calls: {
    id: string
    company_id: string
    direction: string
    started_at_ms: number
    answered_at_ms: number | null
    ended_at_ms: number | null
    last_audio_at_ms: number | null
    caller_number: string
    caller_name: string | null
    caller_user_id: string | null
    dialled: string
    called_number: string
    called_name: string | null
    called_user_id: string | null
    trunk_id: string | null
    termination: string | null
    cost_micros: number | null
  }
  legs: {
    id: string
    call_id: string
    company_id: string
    role: string
    party_number: string
    party_name: string | null
    party_user_id: string | null
    device_id: string | null
    trunk_id: string | null
    sip_call_id: string | null
    remote_address: string | null
    started_at_ms: number
    answered_at_ms: number | null
    ended_at_ms: number | null
    termination: string | null
    quality: string | null
    keying: string | null
    codec: string | null
  }
  /** Which users a call concerns, for their own history. */
  call_users: { user_id: string; call_id: string }
  events: {
    number: number
    at_ms: number
    company_id: string
    call_id: string | null
    kind: string
    data: string
  }
  /** `number`: of its last message; `messages`: JSON, as {@link tracedMessages} reads it. */
  traces: { number: number; call_id: string; company_id: string; messages: string }
  /** Messages one by one, as they were kept before `traces`. */
  messages: {
    number: number
    call_id: string
    company_id: string
    at_ms: number
    sip_call_id: string
    direction: string
    protocol: string
    local: string
    remote: string
    text: string
  }
  sessions: {
    id: string
    token_hash: string
    user_id: string
    company_id: string
    created_at_ms: number
    expires_at_ms: number
    used_at_ms: number
    address: string | null
    more: string
  }
  second_factors: {
    user_id: string
    company_id: string
    codes_sealed: string | null
    codes_since_ms: number | null
    codes_last_step: number | null
    recovery_hashes: string
  }
  passkeys: {
    id: string
    credential_id: string
    user_id: string
    company_id: string
    rp_id: string
    public_key: string
    counter: number
    transports: string
    name: string
    created_at_ms: number
    used_at_ms: number | null
    is_backed_up: number
    is_suspect: number
  }
  identity_policies: { company_id: string; policy: string }
  sso_settings: { company_id: string; settings: string; sealed_secret: string | null }
  sso_links: { company_id: string; issuer: string; subject: string; user_id: string }
  /** One-time ways in, by hash. */
  access_links: { user_id: string; token_hash: string; company_id: string; expires_at_ms: number }
  /** What users set for themselves, JSON by kind. */
  user_settings: { user_id: string; company_id: string; kind: string; value: string }
  calendars: { user_id: string; company_id: string; sealed: string; more: string }
  /** Links that show the story of a call. */
  call_shares: {
    id: string
    token_hash: string
    company_id: string
    call_id: string
    created_by: string
    created_at_ms: number
    expires_at_ms: number
    hides_numbers: number
  }
  /** Long-lived tokens for programs, by hash. */
  api_tokens: {
    id: string
    token_hash: string
    user_id: string
    company_id: string
    label: string
    created_at_ms: number
    expires_at_ms: number | null
  }
  contacts: {
    id: string
    company_id: string
    /** Whose personal contact it is; null: shared by the company. */
    owner_id: string | null
    name: string
    changed_at_ms: number
    more: string
  }
  external_directories: {
    id: string
    company_id: string
    sealed: string | null
    settings: string
    progress: string
  }
  external_entries: {
    directory_id: string
    key: string
    contact_id: string
    digest: string
    marker: string | null
  }
  photos: {
    card_id: string
    company_id: string
    user_id: string | null
    contact_id: string | null
    media_type: string
    tag: string
    size_bytes: number
    /** Base 64. */
    content: string
  }
  favourites: { user_id: string; company_id: string; value: string }
  conversations: {
    id: string
    company_id: string
    /** Null: a group. */
    pair_key: string | null
    name: string | null
    created_by: string
    created_at_ms: number
    last_number: number
    revision: number
    last_at_ms: number
  }
  conversation_members: {
    conversation_id: string
    user_id: string
    is_admin: number
    from_number: number
    read_number: number
  }
  chat_messages: {
    conversation_id: string
    number: number
    revision: number
    company_id: string
    sender_id: string
    client_id: string
    kind: string
    at_ms: number
    text: string | null
    folded: string | null
    edited_at_ms: number | null
    gone_at_ms: number | null
    more: string
  }
  chat_files: {
    id: string
    company_id: string
    conversation_id: string
    message_number: number | null
    uploader_id: string
    size_bytes: number
    at_ms: number
    sealed_key: string
    more: string
  }
  chat_deliveries: {
    device_id: string
    conversation_id: string
    number: number
    company_id: string
    at_ms: number
  }
  chat_policies: { company_id: string; policy: string }
  sites: { id: string; company_id: string; name: string; value: string; changed_at_ms: number }
  site_invitations: {
    id: string
    token_hash: string
    company_id: string
    site_id: string
    created_by: string
    created_at_ms: number
    expires_at_ms: number
  }
  site_reports: {
    id: string
    company_id: string
    site_id: string
    received_at_ms: number
    summary: string
    report: string
  }
  site_warnings: { site_id: string; company_id: string; warning: string; at_ms: number }
  owed: { id: string; company_id: string; kind: string; until_ms: number; value: string }
  mails: { id: string; company_id: string; state: string; at_ms: number; created_at_ms: number; more: string }
  /** Mailboxes at mail servers whose mails a company answers. */
  mail_accounts: { id: string; company_id: string; sealed: string; more: string }
  mail_kept_secrets: { mailbox_id: string; place: string; company_id: string; sealed: string }
  mail_conversations: {
    id: string
    company_id: string
    account_id: string
    state: string
    customer: string
    token: string
    last_at_ms: number
    more: string
  }
  mail_revisions: { conversation_id: string; revision: number }
  channel_mails: {
    id: string
    company_id: string
    account_id: string
    conversation_id: string
    kind: string
    at_ms: number
    message_id: string | null
    delivery: string | null
    /** Whom an automatic answer went to. */
    auto_to: string | null
    more: string
  }
  mail_receipts: {
    account_id: string
    key: string
    fingerprint: string
    mail_id: string | null
    settled: number
    at_ms: number
  }
  mail_files: { file: string; company_id: string; conversation_id: string; mail_id: string | null; at_ms: number }
  mail_drafts: { conversation_id: string; user_id: string; value: string }
  mailboxes: { id: string; company_id: string; user_id: string | null; more: string }
  voice_messages: {
    id: string
    box_id: string
    company_id: string
    state: string
    at_ms: number
    duration_ms: number
    file: string
    comment_file: string | null
    more: string
  }
  conference_rooms: {
    company_id: string
    number: string
    owner_id: string | null
    pins: string | null
    rules: string
  }
  flows: {
    id: string
    company_id: string
    name: string
    revision: number
    changed_at_ms: number
    live_version: number | null
    draft: string
  }
  flow_versions: { flow_id: string; version: number; published_at_ms: number; more: string; graph: string }
  flow_cases: { id: string; flow_id: string; value: string }
  flow_sounds: { id: string; company_id: string; more: string }
  flow_credentials: { company_id: string; name: string; host: string; changed_at_ms: number; sealed: string }
  centres: {
    company_id: string
    version: number
    published_at_ms: number
    published_by: string | null
    note: string | null
    centre: string
  }
  centre_drafts: {
    company_id: string
    revision: number
    based_on: number
    changed_at_ms: number
    changed_by: string
    conflicts: string | null
    centre: string
  }
  /** One visit of an item in a queue. */
  work_items: {
    id: string
    company_id: string
    queue_id: string
    arrived_at_ms: number
    channel: string
    /** `over` for what is in no queue any more. */
    state: string
    call_id: string | null
    reference: string | null
    subject: string | null
    customer_name: string | null
    customer_key: string | null
    contact_id: string | null
    agent_id: string | null
    accepted_at_ms: number | null
    waited_ms: number | null
    is_in_level: number | null
    is_short: number | null
    finished_at_ms: number | null
    handled_ms: number | null
    wrap_ms: number | null
    code_id: string | null
    note: string | null
    outcome: string | null
    missed: number
    priority: number
    call_back_number: string | null
    not_before_ms: number | null
    /** The item as it arrived. */
    more: string
  }
  /** Items that agents are asked for, and places of agents that are asked. */
  work_claims: { item_id: string; slot: string; offer_id: string; company_id: string; agent_id: string }
  agent_states: {
    agent_id: string
    company_id: string
    state: string
    reason: string | null
    since_ms: number
    line: string | null
  }
  /** Spells of agents' time that are over. */
  agent_spells: {
    company_id: string
    from_ms: number
    agent_id: string
    state: string
    reason: string | null
    for_ms: number
  }
  /** Queues that somebody opened or closed by hand. */
  queue_states: { queue_id: string; company_id: string; state: string; by_user: string }
  chat_sites: { id: string; company_id: string; more: string }
  web_chats: {
    id: string
    company_id: string
    key_hash: string
    ended_at_ms: number | null
    keep_until_ms: number
    more: string
  }
  web_chat_messages: { chat_id: string; number: number; once: string | null; more: string }
  customer_remarks: {
    id: string
    company_id: string
    customer_key: string
    at_ms: number
    by_user: string
    text: string
  }
  mailed_reports: { id: string; company_id: string; value: string }
  open_alarms: { company_id: string; alarm_id: string; since_ms: number; value: number }
  quality_forms: { id: string; company_id: string; value: string }
  quality_scores: {
    id: string
    company_id: string
    agent_id: string
    item_id: string
    at_ms: number
    percent: number
    value: string
  }
  /** How far the ledger has been gone through by what erases. */
  erasure_marks: { company_id: string; what: string; at_ms: number; number: number }
  recording_policies: { company_id: string; from_ms: number; policy: string }
  recording_keys: { id: string; company_id: string; sealed: string; made_at_ms: number }
  recordings: {
    id: string
    company_id: string
    call_id: string
    user_id: string | null
    state: string
    started_at_ms: number
    demanded: number
    held: number
    expires_at_ms: number | null
    chain_index: number | null
    file: string
    key_id: string | null
    sealed_key: string | null
    search: string
    more: string
  }
  recording_reports: { company_id: string; day: string; report: string }
  site_catalogues: {
    id: string
    version: string
    published_by: string | null
    kept_at_ms: number
    content: string
  }
}
