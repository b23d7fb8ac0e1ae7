import { Connection, type Tokens } from "./connection.js";
import * as clients from "./generated.js";

export interface ShopOptions {
    /** Where the shop is, such as `https://shop.example`. */
    baseUrl: string;
    /** An access token to begin with. */
    token?: string;
    /** Everything that an earlier visit left, as `onTokens` gave it. */
    tokens?: Partial<Tokens>;
    /** Called when tokens change, to keep them for the next visit. */
    onTokens?: (tokens: Readonly<Tokens>) => void;
    /** Another `fetch`, for tests or old browsers. */
    fetch?: typeof globalThis.fetch;
}

export type Shop = ReturnType<typeof createShop>;

/**
 * The whole API under one object. Signing in through `shop.auth` keeps the tokens and renews them when they end; a guest's cart stays with
 * its guest; requests that create something carry an idempotency key; failures that are safe to repeat are repeated.
 */
export function createShop(options: ShopOptions) {
    const connection = new Connection({
        baseUrl: options.baseUrl.replace(/\/+$/, ""),
        tokens: { accessToken: options.token ?? null, refreshToken: null, cartToken: null, ...options.tokens },
        fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
        onTokens: options.onTokens ?? (() => undefined),
    });

    return {
        auth: new clients.AuthClient(connection),
        users: new clients.UsersClient(connection),
        products: new clients.ProductsClient(connection),
        categories: new clients.CategoriesClient(connection),
        reviews: new clients.ReviewsClient(connection),
        favorites: new clients.FavoritesClient(connection),
        cart: new clients.CartClient(connection),
        coupons: new clients.CouponsClient(connection),
        orders: new clients.OrdersClient(connection),
        payments: new clients.PaymentsClient(connection),
        purchases: new clients.PurchasesClient(connection),
        recommendations: new clients.RecommendationsClient(connection),
        analytics: new clients.AnalyticsClient(connection),
        reports: new clients.ReportsClient(connection),
        webhooks: new clients.WebhooksClient(connection),
        audit: new clients.AuditClient(connection),
        outbox: new clients.OutboxClient(connection),
        health: new clients.HealthClient(connection),

        /** What the shopper holds now. */
        get tokens(): Readonly<Tokens> {
            return { ...connection.tokens };
        },

        /** The ETag that came with an answer, for `ifMatch` and `ifNoneMatch`. */
        etag(answer: object): string | null {
            return connection.received(answer)?.etag ?? null;
        },

        /** How many elements a list has in all, if it was asked with `count: true`. */
        total(list: object): number | null {
            return connection.received(list)?.total ?? null;
        },

        /** Where the page after this one begins; undefined after the last. */
        nextCursor(list: object): string | undefined {
            return connection.received(list)?.nextCursor ?? undefined;
        },

        /** Every element of a list, page after page: `shop.pages(cursor => shop.products.listProducts({ cursor }))`. */
        async *pages<T>(page: (cursor: string | undefined) => Promise<T[]>): AsyncGenerator<T, void, undefined> {
            let cursor: string | undefined;
            do {
                const elements = await page(cursor);
                yield* elements;
                cursor = connection.received(elements)?.nextCursor ?? undefined;
            } while (cursor !== undefined);
        },
    };
}
