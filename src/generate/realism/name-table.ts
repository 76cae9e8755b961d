/**
 * What names mean: for each kind of value the names that ask for it, as words joined by `_`. A name asks for the kind of
 * the longest of its endings that is listed: `last_client_ip` ends in `client_ip` and `ip`.
 */
export const namesByKind: Readonly<Record<string, string>> = {
  // Keys
  id: 'id pk key_id ref reference identifier oid',
  uuid: 'uuid guid uid correlation_id request_id trace_id session_id transaction_id',
  slug: 'slug handle permalink url_key',
  sku: 'sku article_number part_number product_code item_number',
  serial:
    'serial serial_number invoice_number order_number order_no ticket_number tracking_number account_number customer_number number_plate reference_number',

  // People
  fullName:
    'full_name fullname display_name real_name author owner_name customer_name contact_name creator created_by_name assignee author_name recipient_name sender_name cardholder account_holder contact_person beneficiary nickname_full',
  firstName: 'first_name firstname given_name forename fname',
  lastName: 'last_name lastname family_name surname lname',
  middleName: 'middle_name middlename',
  prefix: 'salutation honorific name_prefix',
  suffix: 'name_suffix',
  username:
    'username user_name login login_name nickname screen_name account_name preferred_username created_by updated_by modified_by changed_by deleted_by approved_by actor owner user author_login upn',
  email:
    'email e_mail mail email_address mail_address emails recipient sender reply_to from_email contact_email',
  phone:
    'phone phone_number telephone tel mobile mobile_number cell cellphone fax fax_number contact_number msisdn',
  gender: 'gender sex',
  jobTitle: 'job_title jobtitle job position occupation profession designation role_title',
  bio: 'bio biography about about_me',
  birthday: 'birthday birth_date birthdate date_of_birth dob born born_on birth',
  age: 'age',

  // Organisations
  company:
    'company company_name organization organisation organization_name organisation_name org org_name employer vendor supplier manufacturer publisher merchant merchant_name tenant brand_name brand customer client_company',
  department: 'department department_name division business_unit',
  industry: 'industry sector',

  // Texts
  title: 'title subject headline heading caption topic',
  verboseName: 'verbose_name label_name human_name friendly_name',
  verboseNamePlural: 'verbose_name_plural plural_name',
  name: 'name',
  sentence:
    'description summary desc details about_text abstract overview notes note remark remarks info information explanation help help_text hint purpose instructions short_description long_description bio_text',
  comment: 'comment comments review feedback reply',
  message: 'message text body content msg notification announcement',
  error:
    'detail error error_message error_description non_field_errors errors reason exception fault err_msg failure_reason',
  errorCode: 'error_code',
  word: 'keyword term word value_text',
  tag: 'tag tags label labels keywords topic_name badge',
  category: 'category category_name genre section class kind_name',
  markdown: 'markdown readme',
  html: 'html',

  // Network
  ip: 'ip ip_address ip_addr ipaddress remote_addr remote_address client_ip source_ip ipv4 ip4 host_ip addr',
  ipv6: 'ipv6 ip6 ipv6_address',
  cidr: 'cidr subnet network_range',
  mac: 'mac mac_address hardware_address',
  hostname: 'hostname host host_name fqdn server server_name node_name',
  domain: 'domain domain_name fqdn_name',
  port: 'port',
  url: 'url uri href link links website web_site homepage home_page site web_url html_url callback callback_url redirect_uri redirect_url webhook endpoint permalink_url launch_url self download_url base_url documentation_url location_url',
  image:
    'avatar avatar_url image image_url img photo photo_url picture picture_url thumbnail thumbnail_url logo logo_url icon_url profile_image cover banner poster photos images',
  icon: 'icon',
  userAgent: 'user_agent useragent',
  protocol: 'protocol',
  method: 'http_method request_method verb',
  statusCode: 'status_code http_status http_code response_code',
  token: 'token access_token refresh_token id_token jwt api_token auth_token csrf_token',
  secret:
    'secret password client_secret private_key passphrase pass passwd api_key apikey secret_key app_key pin_hash key',
  hash: 'hash sha sha1 sha256 md5 checksum digest etag commit revision commit_id fingerprint thumbprint signature nonce',
  base64: 'certificate_data public_key blob binary',

  // Files
  fileName: 'filename file_name file attachment original_name document_name',
  path: 'path file_path filepath full_path',
  directory: 'directory folder dir folder_path',
  pathname: 'pathname route url_path request_path',
  extension: 'extension file_extension ext',
  mimeType: 'mime_type mimetype content_type media_type mime file_type',

  // Places
  country: 'country country_name nation',
  countryCode: 'country_code country_iso iso_country nationality country_iso2 alpha2 iso_code iso2',
  state: 'province region county state_name state_province administrative_area',
  stateCode: 'state_code province_code region_code',
  city: 'city town city_name locality municipality place_name',
  street:
    'street street_address address_line line1 address1 address_line_1 street1 street_name address street_line',
  addressLine2: 'address_line_2 line2 address2 street2 suite apartment',
  postalCode: 'zip zip_code zipcode postal_code postcode post_code postalcode plz',
  latitude: 'lat latitude',
  longitude: 'lng lon long longitude',
  timezone: 'timezone time_zone tz zoneinfo',
  language: 'language_name',
  languageCode: 'language lang language_code locale lang_code',
  continent: 'continent',
  buildingNumber: 'house_number building_number building',

  // Money
  price:
    'price amount total cost fee subtotal balance net gross tax discount salary budget revenue unit_price total_price total_amount grand_total charge payment refund value_amount income spend deposit',
  currency: 'currency currency_code',
  currencyName: 'currency_name',
  currencySymbol: 'currency_symbol',
  iban: 'iban',
  bic: 'bic swift swift_code',
  cardNumber: 'card_number credit_card creditcard cc_number pan',
  cvv: 'cvv cvc security_code',
  fourDigits: 'last_four last4 last_four_digits last_digits mcc pin pin_code otp',
  vat: 'vat vat_number tax_id tax_number vat_id',

  // Numbers
  count:
    'count total_count quantity qty num amount_of items_count item_count total_items total_results total_records number_of unique_users stock inventory hits views likes followers following stars forks votes visits downloads attempts retries comments_count',
  pageCount: 'total_pages page_count pages num_pages last_page',
  pageNumber: 'page page_number current_page current page_index first_page',
  pageLink: 'next previous prev',
  pageSize: 'page_size per_page limit page_limit max_results',
  offset: 'offset skip start_index end_index position_index',
  index: 'index order ordering sort sort_order position_no rank priority weight_order sequence seq idx',
  size: 'size length bytes file_size content_length filesize',
  percent: 'percent percentage pct ratio progress completion rate',
  rating: 'rating stars_average average_rating',
  score: 'score points confidence',
  year: 'year',
  month: 'month',
  day: 'day',
  hour: 'hour hours',
  minute: 'minute minutes',
  second: 'seconds duration elapsed ttl timeout interval max_age lifetime expires_in uptime latency delay',
  width: 'width',
  height: 'height',
  weight: 'weight mass',
  depth: 'depth level',
  temperature: 'temperature temp',
  versionNumber: 'schema_version major minor patch',

  // Technology
  version: 'version semver app_version release api_version build_version',
  color: 'color colour hex_color background_color foreground_color',
  app: 'app app_label app_name application application_name module package_name',
  modelName: 'model model_name entity entity_type object_type resource_type content_object',
  code: 'code promo_code coupon coupon_code voucher short_code',
  action: 'action operation activity event_type event_name',
  type: 'type kind',
  status: 'status state',
  role: 'role roles permission_group',
  scope: 'scope scopes permission permissions',
  severity: 'severity log_level urgency',
  environment: 'environment env stage',
  platform: 'platform os operating_system',
  browser: 'browser browser_name',
  device: 'device device_name',
  cron: 'cron schedule crontab',
  unit: 'unit uom measurement_unit',
  regex: 'regex regexp pattern',
  query: 'query search search_term q',

  // Goods
  product: 'product product_name item_name article',
  isbn: 'isbn',
  barcode: 'barcode ean upc gtin',
  vin: 'vin',
  vehicle: 'vehicle car',
  book: 'book book_title',
  animal: 'animal pet species',
  material: 'material',
  food: 'food dish meal recipe',
  song: 'song track',
  artist: 'artist',
  album: 'album',
};

/** What `name` alone (or as the ending of an unknown name) means below a parent. */
export const namesByParent: Readonly<Record<string, string>> = {
  fullName:
    'user author owner customer person employee contact member creator assignee reviewer patient student teacher participant attendee recipient sender manager driver passenger guest reporter candidate applicant subscriber client player doctor agent creditor debtor payer payee holder beneficiary signatory winner applicant sponsor donor buyer seller lead supervisor counterparty',
  company:
    'company organization organisation org vendor brand tenant supplier employer merchant publisher manufacturer partner business store shop bank agency carrier',
  fileName: 'file attachment document upload image photo asset media',
  product: 'product article item sku variant good',
  appName:
    'app application project repository repo package plugin service module integration provider library bot workspace environment pipeline workflow job task cluster namespace image container',
  city: 'city town',
  country: 'country',
  state: 'state region province',
  team: 'group team role department squad',
  category: 'category tag label topic genre section',
  title: 'event article post page campaign course lesson meeting session rule policy',
  petName: 'pet dog cat animal',
  hostname: 'server host node machine instance outpost',
  identifier:
    'field column property parameter variable attribute param key header arg argument option setting',
  currencyName: 'currency',
  language: 'language',
  device: 'device',
  color: 'color colour',
  book: 'book',
  song: 'song track',
  album: 'album',
  artist: 'artist band',
  food: 'food dish meal recipe ingredient',
  vehicle: 'vehicle car',
  type: 'type kind status',
  permission: 'permission scope',
};

/** Moments, by the words that name them: where they lie on the way from the object's beginning (0) to now (1), or after. */
export const moments: readonly {
  readonly names: string;
  readonly from: number;
  readonly to: number;
}[] = [
  {
    names:
      'created create creation inserted registered joined opened timestamp date time datetime day_of dated on at added ordered placed submitted requested received issued logged occurred happened enrolled',
    from: 0,
    to: 0,
  },
  {
    names: 'started start begin begins beginning starts from since valid_from effective not_before activated',
    from: 0.03,
    to: 0.08,
  },
  {
    names:
      'verified confirmed approved accepted assigned published posted sent delivered shipped paid released enabled',
    from: 0.1,
    to: 0.25,
  },
  { names: 'processed invoiced read viewed opened_last reviewed pushed signed', from: 0.3, to: 0.45 },
  {
    names:
      'updated update modified modification changed edited last_updated last_modified last_change refreshed synced last_sync indexed rotated',
    from: 0.5,
    to: 0.7,
  },
  {
    names: 'ended end ends finish finished completed complete closed stopped resolved to until_past merged',
    from: 0.72,
    to: 0.85,
  },
  {
    names:
      'last_login last_seen last_used last_active last_activity last_accessed last_access last_run last_event accessed used seen active checked last_check heartbeat',
    from: 0.88,
    to: 0.96,
  },
  {
    names:
      'deleted archived removed canceled cancelled disabled revoked suspended blocked locked failed rejected',
    from: 0.97,
    to: 0.99,
  },
  { names: 'now current_time server_time', from: 1, to: 1 },
  { names: 'next next_run scheduled schedule planned next_sync retry_after', from: 1.01, to: 1.1 },
  {
    names:
      'due deadline expires expiry expiration expire exp valid_until valid_to until not_after valid_thru renewal renews eta',
    from: 1.15,
    to: 1.9,
  },
];
