// Uses the built client against a shop of its own, started from the Release build.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createShop, ShopProblem } from "../dist/index.js";

const app = fileURLToPath(new URL("../../../artifacts/bin/WebApi/release/Shop.WebApi.dll", import.meta.url));
const address = { name: "Anna", line1: "Main Street 1", city: "Bern", postal_code: "3000", country: "CH" };
let process_, folder, baseUrl;

before(async () => {
    folder = mkdtempSync(join(tmpdir(), "shop-client-"));
    chmodSync(folder, 0o755);
    process_ = spawn("dotnet", [app], {
        env: {
            ...process.env,
            ASPNETCORE_ENVIRONMENT: "Development",
            ASPNETCORE_URLS: "http://127.0.0.1:0",
            Shop__Database: "Local",
            Shop__DataDirectory: join(folder, "data"),
            Shop__Demo: "true",
        },
        stdio: ["ignore", "pipe", "inherit"],
    });
    baseUrl = await new Promise((ready, failed) => {
        let output = "";
        process_.stdout.on("data", (chunk) => {
            output += chunk;
            const match = /Shop is ready: (\S+)/.exec(output);
            if (match) ready(match[1]);
        });
        process_.on("exit", (code) => failed(new Error(`The shop ended with ${code}:\n${output}`)));
    });
});

after(async () => {
    const ended = new Promise((done) => process_.on("exit", done));
    process_.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
});

async function customer(options = {}) {
    const shop = createShop({ baseUrl, ...options });
    const username = `user-${crypto.randomUUID().slice(0, 8)}`;
    await shop.auth.registerUser({ username, password: "correct horse" });
    await shop.auth.signIn({ login: username, password: "correct horse" });
    return shop;
}

test("a guest fills a cart, signs in, and checks it out", async () => {
    const guest = createShop({ baseUrl });
    const [product] = await guest.products.listProducts({ limit: 1, in_stock: true });
    await guest.cart.addCartItem({ product_id: product.id, quantity: 2 });
    assert.ok(guest.tokens.cartToken);

    const username = `guest-${crypto.randomUUID().slice(0, 8)}`;
    await guest.auth.registerUser({ username, password: "correct horse" });
    await guest.auth.signIn({ login: username, password: "correct horse" });
    const order = await guest.cart.checkOutCart({ shipping_address: address });

    assert.equal(order.status, "placed");
    assert.equal(order.items[0].quantity, 2);
    assert.equal((await guest.products.getProduct(product.id)).stock, product.stock - 2);
});

test("pages lead through a whole list", async () => {
    const shop = createShop({ baseUrl });
    const first = await shop.products.listProducts({ limit: 1, count: true });
    const ids = new Set();
    for await (const product of shop.pages((cursor) => shop.products.listProducts({ cursor, limit: 50, sort: "name" }))) {
        ids.add(product.id);
    }
    assert.ok(shop.total(first) >= 200);
    assert.ok(ids.size >= 200);
});

test("a stale ETag is refused as a typed problem", async () => {
    const shop = await customer();
    const lamp = await shop.products.createProduct({ name: "Lamp", price: 10 });
    const seen = shop.etag(lamp);
    await shop.products.updateProduct(lamp.id, { price: 11 }, { ifMatch: seen });

    await assert.rejects(shop.products.updateProduct(lamp.id, { price: 12 }, { ifMatch: seen }), (problem) => {
        assert.ok(problem instanceof ShopProblem);
        assert.equal(problem.status, 412);
        assert.equal(problem.code, "precondition_failed");
        return true;
    });
    await assert.rejects(shop.products.createProduct({ name: "", price: 1 }), (problem) => "name" in problem.errors);
});

test("an access token that has ended is renewed once for all who wait", async () => {
    const shop = await customer();
    const { refreshToken } = shop.tokens;
    const later = createShop({ baseUrl, tokens: { accessToken: "ended", refreshToken } });

    const answers = await Promise.all([1, 2, 3, 4].map(() => later.users.getMe()));

    assert.equal(new Set(answers.map((user) => user.id)).size, 1);
    assert.notEqual(later.tokens.refreshToken, refreshToken);
});

test("an order whose answer is lost on the way is repeated under its key and made once", async () => {
    let lost = 0;
    const shop = await customer({
        fetch: async (url, init) => {
            const response = await fetch(url, init);
            if (init.method === "POST" && new URL(url).pathname === "/orders" && lost++ === 0) {
                await response.arrayBuffer();
                throw new TypeError("connection lost");
            }
            return response;
        },
    });
    const [product] = await shop.products.listProducts({ limit: 1, in_stock: true });

    const order = await shop.orders.createOrder({ product_id: product.id, quantity: 1 });

    assert.equal(lost, 2);
    assert.deepEqual((await shop.orders.listOrders()).map((each) => each.id), [order.id]);
});
