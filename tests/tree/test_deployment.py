"""What is deployed: one image per part, the compose file and the manifests, checked as far as no engine is needed."""

import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from chassis.db.database import engine_options
from edge.config import APART
from suite.environment import fresh_secrets
from suite.parts import DOORS, SERVICES, doors_of, variable
from suite.testing import tree

BASE = tree.ROOT / "deploy" / "k8s" / "base"
OVERLAY = tree.ROOT / "deploy" / "k8s" / "overlays" / "production"
# KEDA's own kinds have no schema in Kubernetes'; their fields are looked at below.
FOREIGN = {"ScaledObject", "TriggerAuthentication"}
# Each door with the service that it belongs to; the others are the edge.
DOORS_OF_SERVICES = [(service, door) for service in SERVICES for door in doors_of(service)]


def manifests(folder):
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                yield pytest.param(document, id=f"{document['kind']}-{document['metadata']['name']}")


def of_kind(kind):
    return {
        p.values[0]["metadata"]["name"]: p.values[0] for p in manifests(BASE) if p.values[0]["kind"] == kind
    }


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((tree.ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_compose_file_follows_the_specification():
    command = [
        str(Path(sys.executable).parent / "check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
    ]
    done = subprocess.run(
        [*command, "docker-compose.yml"], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_compose_runs_every_part(compose):
    wanted = set(DOORS) | {f"{name}-{kind}" for name in SERVICES for kind in ("migrate", "worker")}
    assert wanted <= set(compose["services"])


@pytest.mark.parametrize("service", SERVICES)
def test_compose_starts_a_service_only_after_its_migration(compose, service):
    for part in (*doors_of(service), f"{service}-worker"):
        needs = compose["services"][part]["depends_on"]
        assert needs[f"{service}-migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize(("service", "door"), DOORS_OF_SERVICES)
def test_each_service_has_a_database_and_a_secret_of_its_own(compose, service, door):
    told = compose["services"][door]["environment"]
    assert told["DATABASE_URL"].endswith(f"/{service}")
    assert f"KAIKE_SECRET_{variable(service)}" in told["KAIKE_SECRET"]


@pytest.mark.parametrize("door", DOORS)
def test_each_container_runs_the_part_that_it_is_called_after(compose, door):
    part = compose["services"][door]
    image = DOORS[door].service or "gateway"
    by_itself = ["web", image]  # an image without a command serves its KAIKE_SERVICE
    assert part["image"] == f"kaike/{image}"
    assert part.get("command", by_itself) == ["web", door]


def test_every_part_is_told_where_the_others_are(compose):
    addresses = {f"KAIKE_URL_{variable(door)}": f"http://{door}:8000" for door in DOORS if door != "gateway"}
    for told in (compose["services"]["gateway"]["environment"], of_kind("ConfigMap")["kaike"]["data"]):
        assert {name: value for name, value in told.items() if name.startswith("KAIKE_URL_")} == addresses


def test_what_the_gateway_sends_elsewhere_is_a_process_of_its_service():
    apart = {service: [door for door in doors_of(service) if door != service] for service in SERVICES}
    for (service, _), name in APART.items():
        apart[service].remove(name.replace("_", "-"))
    assert not any(apart.values())


def test_the_one_server_has_room_for_the_connections_of_all_processes(compose):
    pool = engine_options("postgresql://x/y")
    processes = len(DOORS_OF_SERVICES) + len(SERVICES)
    needed = processes * (pool["pool_size"] + pool["max_overflow"])
    said = compose["services"]["postgres"]["command"][-1]
    assert needed + 20 <= int(said.removeprefix("max_connections="))


def test_everything_secret_that_compose_asks_for_is_printed_by_the_command():
    text = (tree.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    asked = {part.split(":?")[0] for part in text.split("${")[1:] if ":?" in part.split("}")[0]}
    assert asked == set(fresh_secrets())


def test_the_image_does_not_run_as_root():
    lines = (tree.ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["10001"]


@pytest.mark.parametrize("document", [*manifests(BASE), *manifests(OVERLAY)])
def test_every_manifest_is_valid(document):
    if document["kind"] in FOREIGN:
        assert document["apiVersion"] == "keda.sh/v1alpha1"
    else:
        kubernetes_validate.validate(document, "1.31", strict=True)


@pytest.mark.parametrize("folder", [BASE, OVERLAY], ids=["base", "production"])
def test_kustomize_takes_every_file(folder):
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    there = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert there == {name for name in listed if "/" not in name}


def deployment_of(door):
    """A service's first door is called after both; one beside it, and those of the edge, have names of their own."""
    return f"{door}-web" if door in SERVICES else door


def test_every_part_has_a_deployment_with_probes():
    deployments = of_kind("Deployment")
    wanted = {deployment_of(door) for door in DOORS} | {f"{name}-worker" for name in SERVICES}
    assert set(deployments) == wanted
    for deployment in deployments.values():
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_found_under_its_name(door):
    pods = of_kind("Deployment")[deployment_of(door)]["spec"]["template"]
    assert of_kind("Service")[door]["spec"]["selector"].items() <= pods["metadata"]["labels"].items()
    [container] = pods["spec"]["containers"]
    image = DOORS[door].service or "gateway"
    assert container["image"] == f"kaike/{image}"
    assert container["args"] in (["web", door], ["web"] if door == image else None)


@pytest.mark.parametrize(("service", "door"), DOORS_OF_SERVICES)
def test_every_door_has_the_secret_of_its_service(service, door):
    [container] = of_kind("Deployment")[deployment_of(door)]["spec"]["template"]["spec"]["containers"]
    secrets = [source["secretRef"]["name"] for source in container["envFrom"] if "secretRef" in source]
    assert secrets == [f"kaike-{service}", "kaike-shared"]


def test_web_parts_grow_by_cpu_and_workers_by_their_queues():
    scaled = of_kind("HorizontalPodAutoscaler")
    assert set(scaled) == {deployment_of(door) for door in DOORS}
    assert all(each["spec"]["scaleTargetRef"]["name"] == name for name, each in scaled.items())
    topology = yaml.safe_load((tree.ROOT / "contracts" / "topology.yaml").read_text(encoding="utf-8"))
    watched = [
        trigger["metadata"]["queueName"]
        for scaled in of_kind("ScaledObject").values()
        for trigger in scaled["spec"]["triggers"]
    ]
    assert sorted(watched) == sorted(topology["queues"])


def test_services_look_alike():
    texts = {
        name: (BASE / f"{name}.yaml")
        .read_text(encoding="utf-8")
        .split("---\n# The worker grows")[0]
        .replace(name, "NAME")
        for name in SERVICES
    }
    assert len(set(texts.values())) == 1


@pytest.mark.parametrize(("service", "door"), [pair for pair in DOORS_OF_SERVICES if pair[0] != pair[1]])
def test_a_door_beside_a_services_first_runs_and_grows_under_the_same_conditions(service, door):
    first, beside = (of_kind("Deployment")[deployment_of(each)]["spec"] for each in (service, door))
    for spec in (first, beside):
        del spec["template"]["spec"]["containers"][0]["args"]
    assert beside["strategy"] == first["strategy"]
    assert beside["template"]["spec"] == first["template"]["spec"]
    scaled = [of_kind("HorizontalPodAutoscaler")[deployment_of(each)]["spec"] for each in (service, door)]
    assert scaled[0] | {"scaleTargetRef": None} == scaled[1] | {"scaleTargetRef": None}


def test_secrets_come_by_reference_only():
    assert not of_kind("Secret")
