/** An app password: what one program of a person signs in with. */
export type AppPasswordRow = {
  id: string;
  principal_id: string;
  name: string;
  hash: string;
  may_write: number;
  book_id: string | null;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
};

/** A device that is told of changes through a push service (RFC 8620 §7.2). */
export type PushSubscriptionRow = {
  id: string;
  principal_id: string;
  session_hash: string | null;
  app_password_id: string | null;
  device_client_id: string;
  url: string;
  p256dh: string | null;
  auth: string | null;
  status: 'new' | 'asked' | 'verified';
  verification_code: string;
  types: string | null;
  vapid_key: string;
  expires_at: string;
  created_at: string;
  told: string | null;
  program_id: string | null;
};

/** A device that is told of changes in one address book, or in the home, by WebDAV-Push. */
export type DavPushSubscriptionRow = {
  id: string;
  principal_id: string;
  app_password_id: string | null;
  book_id: string;
  url: string;
  p256dh: string;
  auth: string;
  wants_content: number;
  wants_properties: number;
  told_content: string;
  told_properties: string;
  vapid_key: string;
  expires_at: string;
  created_at: string;
  /** Which of several nodes is telling it something; null: none at the moment. */
  program_id: string | null;
};
