import { globalId } from '../../src/shared/global-id.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

/** Grants a purpose or objects to it, through the API. */
export function setConsent(app: TestApp, person: TestPerson, purpose: string, granted: boolean): Promise<unknown> {
  const mutation = `mutation ($purpose: ConsentPurpose!, $granted: Boolean!) {
    setConsent(purpose: $purpose, granted: $granted) { ... on SetConsentSuccess { consent { granted } } }
  }`;
  return app.query(mutation, { purpose, granted }, { token: person.token });
}

/** Blocks a partner through the API. */
export function blockPartner(app: TestApp, person: TestPerson, partnerId: string): Promise<unknown> {
  const mutation = 'mutation ($id: ID!) { blockPartner(partnerId: $id) { ... on BlockPartnerSuccess { blockedAt } } }';
  return app.query(mutation, { id: globalId('Partner', partnerId) }, { token: person.token });
}
