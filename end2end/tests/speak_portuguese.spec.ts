// The interface speaks Brazilian Portuguese where the browser or the profile asks for it.
import { expectAccessible } from "../support/a11y.ts";
import { noise } from "../support/bytes.mjs";
import { expect, test } from "../support/test.ts";

test.describe("a browser that asks for Portuguese", () => {
  test.use({ locale: "pt-BR", timezoneId: "America/Sao_Paulo" });

  test("signing in, and a wrong password", async ({ page, site }) => {
    await page.goto(`${site}/sign-in`);
    await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
    await expect(page).toHaveTitle("Entrar · Satchel");

    await page.getByLabel("E-mail").fill("ana@example.com");
    await page.getByLabel("Senha").fill("não é a senha");
    await page.getByRole("button", { name: "Entrar" }).click();
    await expect(page.getByRole("alert")).toHaveText("E-mail e senha não conferem.");
    await expectAccessible(page);
  });

  test("tree, toolbar and grid", async ({ anna, library, page }) => {
    await library.given("coffee.jpg");
    await library.givenFolder("Verão");
    await anna.opens("/");

    await expect(page).toHaveTitle("Todos os arquivos · Satchel");
    await expect(page.getByText("1 arquivo", { exact: true })).toBeVisible();
    const tree = page.getByRole("navigation", { name: "Biblioteca" });
    await expect(tree.getByRole("link", { name: "Lixeira" })).toBeVisible();
    await expect(tree.getByRole("heading", { name: "Pastas" })).toBeVisible();
    await expect(page.getByLabel("Tipo").locator("option").first()).toHaveText("Todos os tipos");
    await expect(page.getByRole("main").getByRole("searchbox")).toHaveAttribute("placeholder", "Buscar por nome ou etiqueta");
    await expectAccessible(page);

    await anna.opens("/?q=zebra");
    await expect(page.getByRole("heading", { name: "Nada encontrado para “zebra”" })).toBeVisible();
    await anna.opens("/?state=trashed");
    await expect(page.getByRole("heading", { name: "A lixeira está vazia" })).toBeVisible();
  });

  test("the details say size and moment the reader's way", async ({ anna, library, page }) => {
    const asset = await library.given("coffee.jpg");
    await anna.opens(`/?asset=${asset.id}`);

    const details = page.getByRole("complementary", { name: "Detalhes" });
    await expect(details).toContainText(/Tamanho\s*\d+(,\d)? KB/);
    await expect(details.locator("time").first()).toHaveText(/^\d{1,2} de [a-z]{3}\. de \d{4}, \d\d:\d\d$/);
    await details.getByLabel("Texto alternativo").fill("Uma xícara de café");
    await details.getByLabel("Etiquetas").click();
    await expect(page.getByText("Texto alternativo salvo")).toBeVisible();
    await expectAccessible(page);

    await details.getByRole("button", { name: "Mover para a lixeira" }).click();
    await expect(page.getByText("coffee.jpg foi para a lixeira")).toBeVisible();
    await page.getByRole("button", { name: "Desfazer" }).click();
    await expect(page.getByText("1 arquivo", { exact: true })).toBeVisible();
  });

  test("an upload that is refused names rule, figure and way out", async ({ anna, files, page }) => {
    await anna.opens("/");
    const large = files.write("praia.png", noise(1500, 1300));
    await files.drop(page.getByRole("main"), files.sample("coffee.jpg"), large);

    const tray = page.getByRole("region", { name: "Painel de envios" });
    await expect(tray).toContainText("praia.png tem 5,9 MB; o máximo para imagens é 5 MB. Quer reduzir?");
    await expect(tray).toContainText("1 de 2 precisa de você");
    await expectAccessible(page);
    await tray.getByRole("button", { name: "Reduzir: praia.png" }).click();
    await expect(tray).toContainText("2 arquivos enviados", { timeout: 90_000 });
  });

  test("what the server refuses is told in Portuguese", async ({ anna, library, page, watch }) => {
    watch.expects(/status of 4\d\d/);
    await library.givenFolder("Verão");
    const asset = await library.given("coffee.jpg");
    await anna.opens(`/?asset=${asset.id}`);
    const details = page.getByRole("complementary", { name: "Detalhes" });
    await details.getByLabel("Etiquetas").fill("x".repeat(70));
    await details.getByLabel("Texto alternativo").click();

    await expect(page.getByText("Aqui cabem de 1 a 64 caracteres, em uma linha só e sem vírgula.")).toBeVisible();
  });
});

test("a profile's language and look go before the browser's", async ({ anna, page, site }) => {
  await anna.opens("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto(`${site}/settings/profile`);
  await page.getByLabel("Language").selectOption({ label: "Português (Brasil)" });
  await page.getByLabel("Look").selectOption({ label: "Dark" });
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Perfil" })).toBeVisible();

  await anna.opens("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("heading", { name: "Sua biblioteca está vazia" })).toBeVisible();
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(ground).toBe("rgb(22, 23, 26)");
  await expectAccessible(page);
});
