/** Real places, so that city, country, time zone and position of one object belong together. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly stateCode: string;
  readonly country: string;
  readonly countryCode: string;
  readonly timezone: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly postalCode: string;
  readonly currency: string;
  readonly language: string;
}

const rows = `Berlin|Berlin|BE|Germany|DE|Europe/Berlin|52.52|13.405|10115|EUR|de
Munich|Bavaria|BY|Germany|DE|Europe/Berlin|48.1351|11.582|80331|EUR|de
Hamburg|Hamburg|HH|Germany|DE|Europe/Berlin|53.5511|9.9937|20095|EUR|de
Vienna|Vienna|W|Austria|AT|Europe/Vienna|48.2082|16.3738|1010|EUR|de
Zurich|Zurich|ZH|Switzerland|CH|Europe/Zurich|47.3769|8.5417|8001|CHF|de
Paris|Ile-de-France|IDF|France|FR|Europe/Paris|48.8566|2.3522|75001|EUR|fr
Lyon|Auvergne-Rhone-Alpes|ARA|France|FR|Europe/Paris|45.764|4.8357|69001|EUR|fr
London|England|ENG|United Kingdom|GB|Europe/London|51.5072|-0.1276|SW1A 1AA|GBP|en
Manchester|England|ENG|United Kingdom|GB|Europe/London|53.4808|-2.2426|M1 1AE|GBP|en
Dublin|Leinster|L|Ireland|IE|Europe/Dublin|53.3498|-6.2603|D01 F5P2|EUR|en
Madrid|Madrid|MD|Spain|ES|Europe/Madrid|40.4168|-3.7038|28001|EUR|es
Barcelona|Catalonia|CT|Spain|ES|Europe/Madrid|41.3874|2.1686|08001|EUR|es
Lisbon|Lisbon|11|Portugal|PT|Europe/Lisbon|38.7223|-9.1393|1100-148|EUR|pt
Rome|Lazio|62|Italy|IT|Europe/Rome|41.9028|12.4964|00118|EUR|it
Milan|Lombardy|25|Italy|IT|Europe/Rome|45.4642|9.19|20121|EUR|it
Amsterdam|North Holland|NH|Netherlands|NL|Europe/Amsterdam|52.3676|4.9041|1012 AB|EUR|nl
Stockholm|Stockholm|AB|Sweden|SE|Europe/Stockholm|59.3293|18.0686|111 20|SEK|sv
Copenhagen|Capital Region|84|Denmark|DK|Europe/Copenhagen|55.6761|12.5683|1050|DKK|da
Warsaw|Masovia|14|Poland|PL|Europe/Warsaw|52.2297|21.0122|00-001|PLN|pl
New York|New York|NY|United States|US|America/New_York|40.7128|-74.006|10001|USD|en
Boston|Massachusetts|MA|United States|US|America/New_York|42.3601|-71.0589|02108|USD|en
Chicago|Illinois|IL|United States|US|America/Chicago|41.8781|-87.6298|60601|USD|en
Denver|Colorado|CO|United States|US|America/Denver|39.7392|-104.9903|80202|USD|en
San Francisco|California|CA|United States|US|America/Los_Angeles|37.7749|-122.4194|94103|USD|en
Seattle|Washington|WA|United States|US|America/Los_Angeles|47.6062|-122.3321|98101|USD|en
Austin|Texas|TX|United States|US|America/Chicago|30.2672|-97.7431|78701|USD|en
Toronto|Ontario|ON|Canada|CA|America/Toronto|43.6532|-79.3832|M5H 2N2|CAD|en
Sao Paulo|Sao Paulo|SP|Brazil|BR|America/Sao_Paulo|-23.5505|-46.6333|01000-000|BRL|pt
Tokyo|Tokyo|13|Japan|JP|Asia/Tokyo|35.6762|139.6503|100-0001|JPY|ja
Singapore|Central Region|01|Singapore|SG|Asia/Singapore|1.3521|103.8198|018956|SGD|en
Sydney|New South Wales|NSW|Australia|AU|Australia/Sydney|-33.8688|151.2093|2000|AUD|en
Cape Town|Western Cape|WC|South Africa|ZA|Africa/Johannesburg|-33.9249|18.4241|8001|ZAR|en`;

function readPlace(row: string): Place {
  const [city = '', state = '', stateCode = '', country = '', countryCode = '', timezone = '', ...rest] =
    row.split('|');
  const [latitude = '', longitude = '', postalCode = '', currency = '', language = ''] = rest;
  const position = { latitude: Number(latitude), longitude: Number(longitude) };
  return {
    city,
    state,
    stateCode,
    country,
    countryCode,
    timezone,
    ...position,
    postalCode,
    currency,
    language,
  };
}

/** Cities with all that an address or a geolocation there says. */
export const places: readonly Place[] = rows.split('\n').map(readPlace);
