import { present } from '../../shared/invariant.ts';
import { print } from '../output.ts';
import type { DemoProduct } from './demo-product.ts';
import { StoryTeller } from './story-teller.ts';

const FEED = /* GraphQL */ `
  query Feed {
    viewer {
      user { displayName }
      feed(first: 4) {
        edges {
          node {
            score
            reasons { text }
            content { id title kind domain { name } partner { name } price { minor amount currency } }
          }
        }
      }
    }
  }`;

const INTERACT = /* GraphQL */ `
  mutation Interact($input: RecordInteractionsInput!) {
    recordInteractions(input: $input) {
      ... on InteractionsRecorded { accepted duplicates refused { reason } }
      ... on UserError { message }
    }
  }`;

const ORDER = /* GraphQL */ `
  mutation Order($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on PlaceOrderSuccess { order { id state total { amount currency } } }
      ... on UserError { message }
    }
  }`;

const PAID = /* GraphQL */ `
  query Paid($id: ID!) {
    order(id: $id) { state paidAt items { content { title } price { amount } } payment { state provider fee { amount } } }
  }`;

interface Feed {
  readonly viewer: { readonly feed: { readonly edges: readonly { readonly node: { readonly content: Offer } }[] } };
}

interface Offer {
  readonly id: string;
  readonly price: { readonly minor: string };
}

/** A feed that fits, that follows at once, and from which one buys. */
export async function tellLearnerStory(product: DemoProduct): Promise<void> {
  print('', '── The learner ─────────────────────────────────────────────────────', '');
  print('What is for me today, and why?');
  const teller = await StoryTeller.as(product, 'learner@example.com');
  const { viewer } = await teller.show<Feed>(FEED);
  const [first, second] = viewer.feed.edges.map(({ node }) => node.content);
  print('I like the second and want no more of the first. The next feed knows.');
  await teller.show(INTERACT, { input: { events: reactions(product, { liked: second, dismissed: first }) } });
  const { viewer: after } = await teller.show<Feed>(FEED);
  const offer = after.feed.edges.map(({ node }) => node.content).find(({ price }) => price.minor !== '0');
  print('I buy the first one that costs something. The payment provider answers by a signed webhook.');
  const orderId = await buy(teller, present(offer, 'something to buy'));
  await teller.waitForJobs();
  await teller.show(PAID, { id: orderId });
}

function reactions(product: DemoProduct, of: { liked: Offer | undefined; dismissed: Offer | undefined }) {
  const occurredAt = product.clock.now().toISOString();
  return [
    { eventId: 'demo-like', contentId: present(of.liked, 'a second offer').id, kind: 'LIKE', occurredAt },
    { eventId: 'demo-dismiss', contentId: present(of.dismissed, 'a first offer').id, kind: 'DISMISS', occurredAt },
  ];
}

async function buy(teller: StoryTeller, offer: Offer): Promise<string> {
  const input = { contentIds: [offer.id], paymentMethod: 'sandbox:ok', idempotencyKey: 'demo-order' };
  const { placeOrder } = await teller.show<{ placeOrder: { order?: { id: string } } }>(ORDER, { input });
  return present(placeOrder.order, 'the order').id;
}
